"""From files that people write to core types: safe reading, plain-word errors, lint, and schemas for editors.

The rule a newcomer would break: nothing here constructs YAML values. Every scalar is text until a declared type reads
it.
"""
