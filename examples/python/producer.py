#!/usr/bin/env python3
"""Sends prices to Kafka: the symbol is the key, the price is the value, and a heartbeat a second moves event time on.

    python3 examples/python/producer.py [--bootstrap-servers localhost:9092] [--topic prices] [--seconds 10]

It needs confluent-kafka (pip install confluent-kafka, on Debian python3-confluent-kafka). The prices are made up: put your
own source into latest_price.
"""

import argparse
import json
import random
import sys
import time

from confluent_kafka import Producer

last_prices = {"BTC-USD": 64250.0, "ETH-USD": 3110.0, "AAPL": 189.5}


def latest_price(symbol):
    """The price of a symbol now. Put your own source here."""
    last_prices[symbol] = round(last_prices[symbol] * (1 + random.uniform(-0.001, 0.001)), 2)
    return last_prices[symbol]


def main():
    options = argparse.ArgumentParser(description="Sends a price a second of each symbol, and heartbeats.")
    options.add_argument("--bootstrap-servers", default="localhost:9092")
    options.add_argument("--topic", default="prices")
    options.add_argument("--seconds", type=int, default=10, help="for how long prices are sent (default: 10)")
    options.add_argument("--heartbeats", type=int, default=13,
                         help="for how many seconds heartbeats go on after the last price (default: 13)")
    given = options.parse_args()

    failures = []
    producer = Producer({"bootstrap.servers": given.bootstrap_servers, "enable.idempotence": True})

    def send(value, **where):
        producer.produce(given.topic, value=value, **where,
                         callback=lambda error, message: failures.append(error) if error else None)

    partitions = producer.list_topics(given.topic, timeout=10).topics[given.topic].partitions
    if not partitions:
        sys.exit(f"topic '{given.topic}' does not exist; create it with: ./tapewatch topics create")

    prices = heartbeats = 0
    for second in range(given.seconds + given.heartbeats):
        if second < given.seconds:
            for symbol in last_prices:
                send(str(latest_price(symbol)), key=symbol)
                prices += 1
        # A window closes when event time has passed its end, and only records move event time. Without heartbeats the last
        # window would wait for the next price. Each partition needs them: event time is that of the slowest.
        for partition in partitions:
            send(json.dumps({"heartbeat": True, "time": int(time.time() * 1000)}), partition=partition)
            heartbeats += 1
        producer.flush()
        time.sleep(1)

    if failures:
        sys.exit(f"{len(failures)} records were not delivered: {failures[0]}")
    print(f"{prices} prices and {heartbeats} heartbeats sent to topic '{given.topic}'")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
