/** The files that an operator deploys with, run and checked without Docker or Kubernetes. */
package io.tapewatch.deploy;
