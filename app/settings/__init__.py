"""What `config.py` is made of: each module reads one subject of the settings from the environment, and checks it."""
