#pragma once

#include "tools/scenario/run.hpp"
#include "tools/understudy/interrupts.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace understudy::cli {

/// What all workers' worlds have in common. Lifetime: all of it outlives them.
struct WorldPlan {
    Interrupts& interrupts;
    std::string against;  ///< A URL; empty: emulators are started.
    std::uint64_t seed = 0;
    std::function<void(scenario::World&)> watch;  ///< Puts listeners into each; may be empty.
};

/// The real world for scenarios: a thread of emulators, connections, folders and clocks.
std::shared_ptr<const scenario::World> make_world(const WorldPlan& plan);

/// A seed for a command that names none.
std::uint64_t draw_seed();

}  // namespace understudy::cli
