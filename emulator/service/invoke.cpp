#include "emulator/service/invoke.hpp"

#include "emulator/http/base64.hpp"
#include "emulator/http/percent.hpp"
#include "emulator/lambda/trace.hpp"
#include "emulator/service/constraints.hpp"
#include "emulator/service/error.hpp"
#include "emulator/service/function_name.hpp"
#include "emulator/service/json_check.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

namespace understudy::service {
namespace {

using Fault = std::optional<ServiceError>;

constexpr std::size_t kMaxName = 256;
constexpr std::size_t kMaxQualifier = 128;
constexpr std::size_t kMaxTenant = 256;
constexpr std::size_t kMaxClientContext = 3583;

std::string decode(std::string_view text) {
    return http::decode_percent(text, http::Plus::literal);
}

/// What a request's path says: the function's name, still encoded, and how the caller takes the reply.
struct Operation {
    std::string_view name;
    bool streamed = false;
};

std::optional<Operation> match(std::string_view path, std::string_view before, std::string_view after) {
    if (!path.starts_with(before) || !path.ends_with(after)) return std::nullopt;
    if (path.size() <= before.size() + after.size()) return std::nullopt;
    const std::string_view name = path.substr(before.size(), path.size() - before.size() - after.size());
    return name.find('/') == std::string_view::npos ? std::optional(Operation{.name = name}) : std::nullopt;
}

std::optional<Operation> find_operation(const http::Request& request) {
    std::string_view path = request.path();
    if (path.ends_with('/')) path.remove_suffix(1);
    if (request.method != "POST") return std::nullopt;
    if (const auto invoke = match(path, "/2015-03-31/functions/", "/invocations")) return invoke;
    auto streamed = match(path, "/2021-11-15/functions/", "/response-streaming-invocations");
    if (streamed) streamed->streamed = true;
    return streamed;
}

std::optional<std::string> find_qualifier(std::string_view query) {
    while (!query.empty()) {
        const auto end = std::min(query.find('&'), query.size());
        const std::string_view pair = query.substr(0, end);
        const auto equals = std::min(pair.find('='), pair.size());
        if (decode(pair.substr(0, equals)) == "Qualifier") {
            return decode(pair.substr(std::min(equals + 1, pair.size())));
        }
        query.remove_prefix(std::min(end + 1, query.size()));
    }
    return std::nullopt;
}

bool is_uuid(std::string_view text) {
    constexpr std::string_view kShape = "00000000-0000-0000-0000-000000000000";
    return std::ranges::equal(
        text, kShape, [](char c, char shape) { return shape == '-' ? c == '-' : http::hex_digit(c).has_value(); });
}

bool is_tenant(std::string_view text) {
    return std::ranges::all_of(text, [](unsigned char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view("._:/=+-@ ").find(static_cast<char>(c)) != std::string_view::npos;
    });
}

/// One request on its way to an `InvokeRequest`; each step fills in its part or names the fault.
class Reading {
  public:
    Reading(http::Request&& request, std::size_t body_size, const app::Application& application,
            const CallContext& context)
        : request_(std::move(request)), body_size_(body_size), application_(application), context_(context) {
        result_.invocation.id = context.request_id;
    }

    std::variant<InvokeRequest, Refusal> run() {
        for (const auto step :
             {&Reading::read_request_id, &Reading::read_operation, &Reading::read_headers, &Reading::read_type,
              &Reading::resolve, &Reading::read_client_context, &Reading::read_payload}) {
            if (const Fault fault = (this->*step)()) {
                return Refusal{render_error(*fault, result_.invocation.id, context_.date), std::move(result_.hint)};
            }
        }
        return std::move(result_);
    }

  private:
    std::string_view header(std::string_view name) const { return request_.headers.first(name).value_or(""); }

    Fault read_request_id() {
        const auto given = request_.headers.first("X-Amzn-RequestId");
        if (!given) return std::nullopt;
        if (!is_uuid(*given)) return invalid_content("The request ID '" + std::string(*given) + "' is not a UUID.");
        result_.invocation.id = *given;
        return std::nullopt;
    }

    Fault read_operation() {
        const auto operation = find_operation(request_);
        if (!operation) {
            return not_implemented(request_.method + ' ' + std::string(request_.path()) +
                                   " is not emulated; of the Lambda API, Invoke and InvokeWithResponseStream are");
        }
        if (body_size_ > kMaxPayload) return request_too_large();
        if (request_.headers.contains("X-Amz-Durable-Execution-Name")) {
            return not_implemented("Durable executions are not emulated");
        }
        name_text_ = decode(operation->name);
        result_.streamed = operation->streamed;
        qualifier_ = find_qualifier(request_.query());
        return std::nullopt;
    }

    Fault read_headers() {
        Constraints constraints;
        if (qualifier_) {
            if (!qualifier_->empty()) {
                constraints.check_pattern(is_qualifier(*qualifier_), *qualifier_, "qualifier", kQualifierPattern);
            }
            constraints.check_length(*qualifier_, "qualifier", kMaxQualifier);
        }
        name_ = parse_function_name(name_text_);
        constraints.check_pattern(name_.has_value(), name_text_, "functionName", kFunctionNamePattern);
        constraints.check_length(name_text_, "functionName", kMaxName);
        if (const auto type = request_.headers.first("X-Amz-Invocation-Type")) {
            if (result_.streamed) {
                constraints.check_enum(*type, "invocationType", {"RequestResponse", "DryRun"});
            } else {
                constraints.check_enum(*type, "invocationType", {"Event", "RequestResponse", "DryRun"});
            }
        }
        if (const auto type = request_.headers.first("X-Amz-Log-Type")) {
            constraints.check_enum(*type, "logType", {"None", "Tail"});
            result_.invocation.wants_log_tail = *type == "Tail";
        }
        if (const auto tenant = request_.headers.first("X-Amz-Tenant-Id")) {
            constraints.check_pattern(is_tenant(*tenant), *tenant, "tenantId", R"([a-zA-Z0-9\._:\/=+\-@ ]+)");
            constraints.check_length(*tenant, "tenantId", kMaxTenant);
            result_.invocation.tenant = *tenant;
            result_.hint = "the tenant id was passed on; AWS refuses it for a function without tenancy configuration";
        }
        return constraints.result();
    }

    Fault read_type() {
        const std::string_view type = header("X-Amz-Invocation-Type");
        if (type == "Event") {
            if (body_size_ > kMaxEventPayload) return event_too_large(body_size_);
            result_.type = InvocationType::event;
            result_.invocation.wants_log_tail = false;
        }
        if (type == "DryRun") result_.type = InvocationType::dry_run;
        result_.invocation.trace =
            lambda::to_invocation_trace(header("X-Amzn-Trace-Id"), lambda::parse_trace(context_.trace));
        return std::nullopt;
    }

    Fault resolve() {
        if (!name_->qualifier.empty() && qualifier_ && name_->qualifier != *qualifier_) {
            return invalid_parameter(
                "The derived qualifier from the function name does not match the specified qualifier.");
        }
        if (!name_->region.empty() && name_->region != application_.region) {
            return ServiceError{404, "ResourceNotFoundException",
                                "Functions from '" + name_->region + "' are not reachable in this region ('" +
                                    application_.region + "')",
                                ErrorBody::upper_message_and_type, ""};
        }
        result_.function = name_->name;
        result_.qualifier = qualifier_ ? *qualifier_ : name_->qualifier;
        result_.invocation.function_arn = app::function_arn(application_, result_.function, result_.qualifier);
        if (!name_->account.empty() && name_->account != application_.account) return foreign_account();
        const auto function = std::ranges::find(application_.functions, result_.function, &app::Function::name);
        if (function != application_.functions.end()) {
            if (auto version = app::choose_version(*function, result_.qualifier, result_.invocation.id)) {
                result_.invocation.version = std::move(*version);
                result_.has_reserve = function->reserved_concurrency.has_value();
                return std::nullopt;
            }
        }
        const std::string wanted(result_.qualifier.empty() ? app::kLatest : std::string_view(result_.qualifier));
        return function_not_found(app::function_arn(application_, result_.function, wanted));
    }

    Fault foreign_account() const {
        const std::string arn =
            "arn:aws:lambda:" + application_.region + ':' + name_->account + ":function:" + name_->name;
        return ServiceError{403, "AccessDeniedException",
                            "User: arn:aws:iam::" + application_.account +
                                ":user/understudy is not authorized to perform: lambda:InvokeFunction on resource: " +
                                arn + " because no resource-based policy allows the lambda:InvokeFunction action",
                            ErrorBody::upper_message, ""};
    }

    Fault read_client_context() {
        const std::string_view encoded = header("X-Amz-Client-Context");
        if (encoded.empty()) return std::nullopt;
        if (encoded.size() > kMaxClientContext) {
            return invalid_content("Client context must be no more than " + std::to_string(kMaxClientContext) +
                                   " bytes.");
        }
        auto decoded = http::parse_base64(encoded);
        if (!decoded || !decoded->starts_with('{') || find_json_fault(*decoded)) {
            return invalid_content("Client context must be a valid Base64-encoded JSON object.");
        }
        if (result_.type != InvocationType::event) result_.invocation.client_context = std::move(*decoded);
        return std::nullopt;
    }

    Fault read_payload() {
        if (const auto fault = find_json_fault(request_.body.empty() ? "{}" : std::string_view(request_.body))) {
            result_.hint = explain_payload(request_.body);
            return invalid_content("Could not parse request body into json: Could not parse payload into json: " +
                                   *fault);
        }
        if (request_.body.empty()) request_.body = "{}";
        result_.invocation.payload = std::make_shared<const std::string>(std::move(request_.body));
        return std::nullopt;
    }

    /// AWS CLI v2 takes `--payload` for base64 and drops what is none; what it sends, encoded again, then reads like
    /// the JSON text without its punctuation.
    static std::string explain_payload(std::string_view payload) {
        constexpr std::size_t kMostShown = 60;
        const auto is_text = [](unsigned char c) {
            return (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\r' || c == '\t';
        };
        if (std::ranges::all_of(payload, is_text)) return "";
        std::string words = http::to_base64(payload);
        const auto plain =
            std::ranges::count_if(words, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
        if (static_cast<std::size_t>(plain) * 3 < words.size() * 2) return "";
        if (words.size() > kMostShown) words = words.substr(0, kMostShown) + "…";
        return "the payload is no JSON, but encoded in base64 it reads " + words +
               ": AWS CLI v2 decodes --payload unless it is run with --cli-binary-format raw-in-base64-out";
    }

    http::Request request_;
    std::size_t body_size_;  ///< Also where the body itself was not read.
    const app::Application& application_;
    const CallContext& context_;
    std::string name_text_;
    std::optional<std::string> qualifier_;
    std::optional<FunctionName> name_;
    InvokeRequest result_;
};

}  // namespace

std::variant<InvokeRequest, Refusal> parse_invoke(http::Request&& request, const app::Application& application,
                                                  const CallContext& context) {
    const std::size_t size = request.body.size();
    return Reading(std::move(request), size, application, context).run();
}

Refusal refuse_oversized(const http::Request& head, const app::Application& application, const CallContext& context) {
    http::Request request{head.method, head.target, head.minor_version, head.headers, {}};
    return std::get<Refusal>(Reading(std::move(request), kMaxPayload + 1, application, context).run());
}

}  // namespace understudy::service
