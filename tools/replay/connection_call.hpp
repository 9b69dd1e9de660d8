#pragma once

#include "emulator/record/exchange.hpp"
#include "tools/replay/compare.hpp"
#include "tools/replay/rules.hpp"

#include <optional>
#include <string>

namespace understudy::replay {

/// The connection that a call of `@connections` is for, by its recorded id; nullopt where an exchange is none.
/// Tested by: ConnectionCall.NamesItsConnectionInThePath
std::optional<std::string> find_called_connection(const record::Exchange& exchange);

/// The method that a message to a WebSocket asks for, as `handler/rpc` reads it: a text of JSON whose `method` is
/// `package.Service/Method`. Null where the schema has none so.
const google::protobuf::MethodDescriptor* find_socket_method(const record::Exchange& message, const ReplayRules& rules);

/// Two calls for the same connection, as what its client gets of them: `call`, that is POST, GET or DELETE, the
/// `message` of a POST, and the `status` that the call was answered. Messages are compared as JSON by value; where they
/// are base64, as messages of the method's output; else as text or bytes. `method`: null where it is not known.
/// Tested by: ConnectionCall.IsComparedByWhatTheClientGets
Compared compare_connection_calls(const record::Exchange& recorded, const record::Exchange& actual,
                                  const google::protobuf::MethodDescriptor* method, const ReplayRules& rules);
/// A call that is not made any more, or that was none.
Compared compare_missing_call(const record::Exchange& recorded, const ReplayRules& rules);
Compared compare_new_call(const record::Exchange& actual, const ReplayRules& rules);
/// That a call came behind one that it came before.
Deviation to_order_deviation();

}  // namespace understudy::replay
