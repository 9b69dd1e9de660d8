#pragma once

#include "emulator/http/message.hpp"
#include "emulator/lambda/invocation.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
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
/// The caller of the current invocation, which takes it streamed, gets a reply of this type as it is written.
struct StartReply {
    std::string content_type;  ///< As posted; empty where there was none.
    friend bool operator==(const StartReply&, const StartReply&) = default;
};
/// The next bytes of that reply. They live as long as the input that brought them.
struct PassBytes {
    std::string_view bytes;
    friend bool operator==(const PassBytes&, const PassBytes&) = default;
};
/// Give the caller of the current invocation its outcome; the end of a streamed reply is one too. Once for each
/// invocation.
struct Complete {
    Outcome outcome;
    friend bool operator==(const Complete&, const Complete&) = default;
};
/// Send SIGTERM to the process group: it may write its last words. A Kill follows where it stays.
struct Terminate {
    friend bool operator==(const Terminate&, const Terminate&) = default;
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
    /// Whose event it was handed and never read: to be placed again, as if it had just come. Null where there is none;
    /// not held in place, since every other action would be as large.
    std::shared_ptr<Invocation> returned = {};
    friend bool operator==(const Dead& left, const Dead& right) {
        return left.returned && right.returned ? *left.returned == *right.returned : left.returned == right.returned;
    }
};
/// An invocation used more memory than its function has, for which AWS would have killed it. Once for each environment.
struct OverMemory {
    std::int64_t peak_kilobytes = 0;
    friend bool operator==(const OverMemory&, const OverMemory&) = default;
};
/// Write this to the function's log: whole lines.
struct WriteLog {
    std::string text;
    friend bool operator==(const WriteLog&, const WriteLog&) = default;
};

/// What the owner of an environment has to do next.
using Action = std::variant<Reply, StartReply, PassBytes, Complete, Terminate, Kill, Idle, Dead, WriteLog, OverMemory>;
/// In the order in which they are to be done.
using Actions = std::vector<Action>;

}  // namespace understudy::lambda
