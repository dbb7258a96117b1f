"""Who may use the desk: accounts, logins, tokens, single sign-on behind a proxy, and the roles that they give."""
