"""What is stored of a case beside its answers: judgements, scales over time, identity."""
