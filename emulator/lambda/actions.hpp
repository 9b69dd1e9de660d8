#pragma once

#include "emulator/http/message.hpp"
#include "emulator/lambda/invocation.hpp"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace understudy::lambda {

/// One HTTP exchange that waits for its answer; the value is the owner's.
enum class Ticket : std::uint64_t {};

/// Answer this exchange. A call for which no Reply comes back is parked; its Reply comes from a later input.
struct Reply {
    Ticket ticket{};
    http::Response response;
    friend bool operator==(const Reply&, const Reply&) = default;
};
/// Give the caller of the current invocation its outcome. Once for each invocation.
struct Complete {
    Outcome outcome;
    friend bool operator==(const Complete&, const Complete&) = default;
};
/// Send SIGKILL to the process group. `on_exit` is expected to follow.
struct Kill {
    friend bool operator==(const Kill&, const Kill&) = default;
};
/// The environment can take an invocation.
struct Idle {
    friend bool operator==(const Idle&, const Idle&) = default;
};
/// The process is gone: throw the environment away. Always the last action of its environment.
struct Dead {
    friend bool operator==(const Dead&, const Dead&) = default;
};
/// Write this to the function's log: whole lines.
struct WriteLog {
    std::string text;
    friend bool operator==(const WriteLog&, const WriteLog&) = default;
};

/// What the owner of an environment has to do next.
using Action = std::variant<Reply, Complete, Kill, Idle, Dead, WriteLog>;
/// In the order in which they are to be done.
using Actions = std::vector<Action>;

}  // namespace understudy::lambda
