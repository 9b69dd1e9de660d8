#pragma once

#include "emulator/record/exchange.hpp"
#include "tools/replay/promote_group.hpp"

#include <string>

namespace understudy::replay {

/// What the application of a promoted scenario is made of.
/// Lifetime: that of the exchange's session.
struct Scene {
    std::string front;                            ///< As scenarios call it; empty: invocations alone.
    const record::Api* api = nullptr;             ///< Null where the recording does not describe it.
    std::string function;                         ///< Empty: none was asked.
    const record::Function* described = nullptr;  ///< Null where the recording does not describe it.
};

/// The scene of one exchange.
Scene find_scene(const Selected& selected, const PromoteRules& rules);
/// That of exchanges which share one. Precondition: there is one.
Scene find_scene(const PromoteGroup& group, const PromoteRules& rules);

/// Whether exchanges of both can be in one scenario: neither says what the other says otherwise.
bool can_share(const Scene& one, const Scene& other, const PromoteRules& rules);
/// What the one does not say yet, the other says.
void complete(Scene& scene, const Scene& other);

}  // namespace understudy::replay
