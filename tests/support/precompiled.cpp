// Gives the precompiled header of the tests a unit to be built with.
