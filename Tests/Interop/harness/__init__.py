"""Installs, starts and stops real mail servers from packages, and runs smtpspec against them."""
