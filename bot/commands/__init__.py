"""The sub-commands of `desk`, one file each: parse, build, call, print."""
