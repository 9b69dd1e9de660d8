#pragma once

#include "emulator/record/exchange.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace understudy::replay {

/// How a recorded request said which API it was for, where it was no API at the root.
/// Lifetime: the views are into the exchange.
struct Entrance {
    enum class Kind : std::uint8_t {
        root,  ///< It named none, or is a custom domain's.
        host,  ///< `abc.execute-api.localhost`, also on AWS.
        path,  ///< `/_apis/abc/…`
    };
    Kind kind = Kind::root;
    std::string_view api;      ///< `abc`: an id or a name.
    std::string_view service;  ///< Of a host: `execute-api`, `lambda-url`, `elb`.
    std::string_view target;   ///< What the API itself is asked, its stage included.
};
/// Precondition: the exchange has a request.
Entrance find_entrance(const record::Exchange& exchange);

/// The API of an exchange as its session describes it; null where it does not.
const record::Api* find_described_api(const record::Exchange& exchange, const record::Session* session);

/// What the API would be asked if it stood at the root, where its stage is implied: the target without `/_apis/abc`,
/// and without the stage where an API was named. The stage is the exchange's, or one that its session knows of the API.
/// `session`: null where there is none. Precondition: the exchange has a request.
/// Tested by: Entrance.OfAnApiThatIsNamedTheTargetIsWhatTheApiIsAsked
std::string to_root_target(const record::Exchange& exchange, const record::Session* session);

}  // namespace understudy::replay
