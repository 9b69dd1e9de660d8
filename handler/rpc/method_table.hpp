#pragma once

#include "handler/rpc/proxy_event.hpp"
#include "handler/rpc/reply_limit.hpp"
#include "proto/wire/content_type.hpp"
#include "proto/wire/message.hpp"
#include "proto/wire/status.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace understudy::rpc {

/// Whether a body must survive as bytes or is text; decides about base64.
enum class BodyForm : std::uint8_t { bytes, text };

/// The HTTP reply to a call, and how the call ended.
struct Reply {
    int http_status = 200;
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};
    BodyForm form = BodyForm::text;
    std::string method = {};  ///< `package.Service/Method`, or the path where it names no method of the table.
    wire::Status status =
        {};  ///< Of the call; `unknown` for a wrong verb or content type, as Connect's clients infer it.
};

/// The unary methods of one or more services, by name. Wire format: Connect unary (connectrpc.com/docs/protocol) with
/// further names for the binary content type, see proto/wire.
class MethodTable {
  public:
    /// Adds `package.Service/Method`. `function` is called as `wire::Status(const Request&, Response&)` or as
    /// `wire::Status(const Request&, Response&, const wire::ReplyLimit&)` if it wants to know how much fits into the
    /// reply; it must be callable at any time while the table lives.
    template <class Request, class Response, class Function>
    void add(std::string name, Function function) {
        methods_[std::move(name)] = [function = std::move(function)](std::string_view body, wire::Codec codec,
                                                                     std::string& reply) -> wire::Status {
            Request request;
            if (auto status = wire::decode(body, codec, request); !status.ok()) return status;
            Response response;
            if (auto status = run(function, request, codec, response); !status.ok()) return status;
            return wire::encode(response, codec, reply);
        };
    }

    /// Answers a request: by the method that its path ends in, or with Connect's error for an unknown method (404), a
    /// verb other than POST (405), a content type without a codec (415) or whatever status the method ends with. An
    /// exception of the method is not caught.
    Reply answer(const ProxyRequest& request) const;

    /// The same without HTTP around it: `name` is `package.Service/Method`.
    Reply call(const std::string& name, std::string_view body, const wire::ContentType& type) const;

  private:
    using Method = std::function<wire::Status(std::string_view body, wire::Codec codec, std::string& reply)>;

    template <class Function, class Request, class Response>
    static wire::Status run(const Function& function, const Request& request, wire::Codec codec, Response& response) {
        if constexpr (std::is_invocable_v<const Function&, const Request&, Response&, const wire::ReplyLimit&>)
            return function(request, response, to_reply_limit(codec));
        else
            return function(request, response);
    }

    std::map<std::string, Method, std::less<>> methods_;
};

}  // namespace understudy::rpc
