"""Files with a known answer: laid into queues among what people sent, to see how they are decided."""
