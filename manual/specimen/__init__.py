"""A small manual written for this project, in the real page shape. Nothing in it is real."""
