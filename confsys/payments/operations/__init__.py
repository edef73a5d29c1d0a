"""The only door for writing: orders, payments, refunds, documents."""
