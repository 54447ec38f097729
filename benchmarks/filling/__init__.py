"""What fills the benchmarks' databases."""
