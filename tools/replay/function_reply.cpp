#include "tools/replay/function_reply.hpp"

namespace understudy::replay {

FunctionReply to_function_reply(const record::Invocation& invocation) {
    return {invocation.reply, invocation.outcome, invocation.streamed, invocation.stream_error, invocation.error_type};
}

}  // namespace understudy::replay
