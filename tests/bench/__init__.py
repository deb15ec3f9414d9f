"""What `make bench` runs: this program and its peers on the same content, measured in turns."""
