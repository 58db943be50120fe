"""The simplest producer of prices there is: the symbol is the key, the price the value, and nothing else is said."""

import sys

from confluent_kafka import Producer

servers, topic = sys.argv[1:3]
failures = []
producer = Producer({"bootstrap.servers": servers})
for number in range(300):
    symbol = ("BTC-USD", "ETH-USD", "AAPL")[number % 3]
    price = 100 + number / 8
    producer.produce(topic, key=symbol, value=str(price), callback=lambda error, message: error and failures.append(error))
    producer.poll(0)
producer.flush()
if failures:
    sys.exit(f"{len(failures)} were not delivered: {failures[0]}")
