"""Many plans: the study runner, peers and public benchmarks."""
