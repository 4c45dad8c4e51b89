"""The ways out, one file each: twilio, generic_http for domestic providers, and file, the default."""
