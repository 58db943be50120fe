#!/usr/bin/env python3
"""Reads prices from Kafka and stores them in a CSV file: time, symbol, price.

    python3 examples/python/consumer.py [--bootstrap-servers localhost:9092] [--topic prices] [--file prices.csv] [--once]

It needs confluent-kafka (pip install confluent-kafka, on Debian python3-confluent-kafka). The same prices in CSV, from the
job itself and exactly once, are a setting of the job: --csv.path with --csv.prices true.
"""

import argparse
import csv
import json
import sys
from datetime import datetime, timezone

from confluent_kafka import Consumer, KafkaError


def price_of(message):
    """Time, symbol and price of a record, or None for a heartbeat. The value is a bare price, or a JSON object."""
    value = json.loads(message.value())
    record = value if isinstance(value, dict) else {"price": value}
    if record.get("heartbeat"):
        return None
    key = message.key().decode() if message.key() else None
    time = record.get("time", message.timestamp()[1])
    if not isinstance(time, str):
        time = datetime.fromtimestamp(time / 1000, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return time, record.get("symbol", key), record["price"]


def main():
    options = argparse.ArgumentParser(description="Stores prices in CSV.")
    options.add_argument("--bootstrap-servers", default="localhost:9092")
    options.add_argument("--topic", default="prices")
    options.add_argument("--file", default="prices.csv")
    options.add_argument("--group", default="prices-to-csv")
    options.add_argument("--once", action="store_true", help="end when all is read that is there")
    given = options.parse_args()

    consumer = Consumer({
        "bootstrap.servers": given.bootstrap_servers,
        "group.id": given.group,
        "auto.offset.reset": "earliest",
        # Positions are stored after the rows are in the file: after a crash a row may be there twice, none is missing.
        "enable.auto.commit": False,
        "enable.partition.eof": True,
    })
    at_end = set()
    stored = skipped = 0
    with open(given.file, "a", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        if file.tell() == 0:
            rows.writerow(["time", "symbol", "price"])
        consumer.subscribe([given.topic])
        try:
            while not (given.once and at_end and len(at_end) == len(consumer.assignment())):
                moved = False
                for message in consumer.consume(1000, timeout=1.0):
                    if message.error() is None:
                        moved = True
                        at_end.discard(message.partition())
                        try:
                            row = price_of(message)
                        except (ValueError, KeyError, TypeError, AttributeError):
                            skipped += 1
                            continue
                        if row:
                            rows.writerow(row)
                            stored += 1
                    elif message.error().code() == KafkaError._PARTITION_EOF:
                        at_end.add(message.partition())
                    else:
                        sys.exit(message.error().str())
                file.flush()
                if moved:
                    consumer.commit(asynchronous=False)
        except KeyboardInterrupt:
            pass
        finally:
            consumer.close()
    print(f"{stored} prices stored in {given.file}, {skipped} records could not be read")


if __name__ == "__main__":
    main()
