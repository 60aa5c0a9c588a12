"""What a plan amounts to: hours, kilometres, gaps, balances, and what is left open. Nothing here judges or decides."""
