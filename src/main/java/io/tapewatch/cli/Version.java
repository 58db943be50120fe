package io.tapewatch.cli;

import picocli.CommandLine.IVersionProvider;

/** Which version of the tools this is, as their jar says. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"tapewatch " + (version == null ? "(not from a jar)" : version)};
    }
}
