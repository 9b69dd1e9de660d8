#pragma once

#include "handler/rpc/call_context.hpp"
#include "handler/rpc/proxy_event.hpp"
#include "handler/rpc/reply_limit.hpp"
#include "proto/wire/call.hpp"
#include "proto/wire/call_reading.hpp"
#include "proto/wire/content_type.hpp"
#include "proto/wire/message.hpp"
#include "proto/wire/status.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace understudy::rpc {

class CallThreads;

/// Whether a body must survive as bytes or is text; decides about base64.
enum class BodyForm : std::uint8_t { bytes, text };

/// The HTTP reply to a call, and how the call ended.
struct Reply {
    int http_status = 200;
    wire::Metadata headers = {};
    std::string body = {};
    BodyForm form = BodyForm::text;
    std::string method = {};  ///< `package.Service/Method`, or the path where it names no method of the table.
    wire::Status status =
        {};  ///< Of the call; `unknown` for a wrong verb or content type, as Connect's clients infer it.
};

/// The unary methods of one or more services, by name. They answer what comes as Connect (POST, and GET where the
/// `.proto` says `idempotency_level = NO_SIDE_EFFECTS`), gRPC-Web in binary and in text, Twirp below `/twirp`, and as
/// plain messages in JSON or protobuf's binary format under further content types; see proto/wire.
///
/// A timeout that the caller gave is kept: the method then runs in a thread of its own, and where it takes longer the
/// call is answered with `deadline_exceeded` while the method goes on to its end, also beside later calls. Such a
/// method must be callable in several threads at once, and must return some day: the end of the table, and of its
/// copies, waits for all of them. While 64 go on, within their timeouts or beyond, further calls with a timeout are
/// answered with `resource_exhausted`.
class MethodTable {
  public:
    MethodTable();

    /// Adds `package.Service/Method`. `function` is called as `wire::Status(const Request&, Response&)`, with a `const
    /// wire::ReplyLimit&` behind it if it wants to know how much fits into the reply, or with a `CallContext&` if it
    /// wants to know all, or to add header lines and trailers; it must be callable at any time while the table, or a
    /// copy of it, lives.
    template <class Request, class Response, class Function>
    void add(std::string name, Function function) {
        methods_[std::move(name)] = [function = std::move(function)](std::string_view body, wire::Codec codec,
                                                                     CallContext& context,
                                                                     std::string& reply) -> wire::Status {
            Request request;
            if (auto status = wire::decode(body, codec, request); !status.ok()) return status;
            Response response;
            if (auto status = run(function, request, context, response); !status.ok()) return status;
            return wire::encode(response, codec, reply);
        };
    }

    /// The most bytes of a request message, when it is no longer compressed; more is `resource_exhausted`.
    void limit_requests(std::size_t most) { most_request_ = most; }
    /// Replies with messages are compressed where the caller accepts it. Not done otherwise, because a REST API without
    /// the binary media type hands compressed replies on as base64 text, and many clients accept gzip unasked.
    void compress_replies() { reply_compression_ = wire::Compression::gzip; }

    /// Answers a request: by the method that its path ends in, or with an error for an unknown method (404), a verb
    /// that does not call it (405), a content type without a codec (415) or whatever status the method ends with. An
    /// exception of the method is not caught.
    Reply answer(const ProxyRequest& request) const;

    /// The same without HTTP around it: `name` is `package.Service/Method`.
    Reply call(const std::string& name, std::string_view body, const wire::ContentType& type) const;

  private:
    using Method =
        std::function<wire::Status(std::string_view body, wire::Codec codec, CallContext& context, std::string& reply)>;

    template <class Function, class Request, class Response>
    static wire::Status run(const Function& function, const Request& request, CallContext& context,
                            Response& response) {
        if constexpr (std::is_invocable_v<const Function&, const Request&, Response&, CallContext&>)
            return function(request, response, context);
        else if constexpr (std::is_invocable_v<const Function&, const Request&, Response&, const wire::ReplyLimit&>)
            return function(request, response, context.limit);
        else
            return function(request, response);
    }

    struct Ended;

    Reply answer_call(const Method& method, const ProxyRequest& request, wire::Call call) const;
    Ended run_within(std::chrono::milliseconds timeout, std::function<Ended()> work) const;

    std::map<std::string, Method, std::less<>> methods_;
    std::size_t most_request_ = wire::kMostMessageBytes;
    wire::Compression reply_compression_ = wire::Compression::identity;
    std::shared_ptr<CallThreads> threads_;  ///< Shared with copies, whose methods they run.
};

}  // namespace understudy::rpc
