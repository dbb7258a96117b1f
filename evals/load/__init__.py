"""Load: chats at once, a flood, idle sessions and the start, measured on a running desk as a browser sees it."""
