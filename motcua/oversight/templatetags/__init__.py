"""What this room's templates say instead of markup."""
