// Gives a precompiled header a unit to be built with.
