#include "tests/emulator/app/summary.hpp"

#include <sstream>

namespace understudy::app {
namespace {

template <class List>
std::string join(const List& list) {
    std::string all;
    for (const auto& item : list) all += (all.empty() ? "" : ",") + std::string(item);
    return all;
}

std::string join_pairs(const std::vector<std::pair<std::string, std::string>>& pairs) {
    std::string all;
    for (const auto& [name, value] : pairs) all += ' ' + name + '=' + value;
    return all;
}

std::string describe_templates(const std::vector<std::pair<std::string, std::string>>& templates) {
    std::string all;
    for (const auto& [type, text] : templates) {
        all += text.empty() ? "" : " body";
        if (type != "application/json") all += " as " + type;
    }
    return all;
}

struct IntegrationText {
    ApiKind kind;

    std::string operator()(const LambdaIntegration& lambda) const {
        std::ostringstream out;
        out << lambda.function << (lambda.qualifier.empty() ? "" : ":" + lambda.qualifier);
        if (kind == ApiKind::http) out << (lambda.payload == PayloadFormat::v2 ? " v2" : " v1");
        if (lambda.timeout) out << ' ' << lambda.timeout->count() << "ms";
        if (lambda.transfer == TransferMode::stream) out << " stream";
        if (const auto& group = lambda.target_group) {
            out << " in " << group->arn.substr(group->arn.rfind(':') + 1)
                << (group->multi_value_headers ? " multi-value" : "");
        }
        for (const auto& [target, value] : lambda.request_parameters)
            out << " request[" << target << '=' << value << ']';
        for (const ResponseMapping& mapping : lambda.response_parameters) {
            for (const auto& [target, value] : mapping.parameters) {
                out << ' ' << mapping.status << '[' << target << '=' << value << ']';
            }
        }
        return out.str();
    }
    std::string operator()(const MockIntegration& mock) const {
        return "mock " + std::to_string(mock.status) + join_pairs(mock.headers) +
               (mock.origins.exact.empty() ? "" : " origins=" + join(mock.origins.exact)) +
               (mock.converts_to_text ? " text" : "") + describe_templates(mock.templates) +
               (mock.request_types.empty() ? "" : " of " + join(mock.request_types));
    }
    std::string operator()(const FixedResponse& fixed) const {
        return "fixed " + std::to_string(fixed.status) + ' ' + fixed.content_type + ' ' + fixed.body;
    }
    std::string operator()(const Redirect& to) const {
        return "redirect " + std::to_string(to.status) + ' ' + to.protocol + "://" + to.host + ':' + to.port + to.path +
               '?' + to.query;
    }
    std::string operator()(const UnsupportedIntegration& other) const { return "unsupported " + other.type; }
    std::string operator()(const WeightedForward& forward) const {
        std::string text;
        for (const auto& [target, weight] : forward.targets) {
            text += (text.empty() ? "" : " or ") + std::visit(*this, target) + " *" + std::to_string(weight);
        }
        return text;
    }
};

void write_access(std::ostream& out, const Access& access) {
    if (access.authorization == Authorization::iam) out << " iam";
    if (access.authorization == Authorization::authorizer) out << " auth=" << access.authorizer;
    if (!access.scopes.empty()) out << " scopes=" << join(access.scopes);
    if (access.api_key_required) out << " key";
}

void write_route(std::ostream& out, const Route& route, ApiKind kind) {
    constexpr std::string_view kFields[] = {"path", "host", "header", "method", "query", "ip"};
    out << "  route " << (route.method.empty() ? "" : route.method + ' ') << route.path;
    if (kind == ApiKind::alb) out << '#' << route.priority;
    for (const AlbCondition& condition : route.conditions) {
        out << " [" << kFields[static_cast<std::size_t>(condition.field)]
            << (condition.header.empty() ? "" : ':' + condition.header) << ' ' << join(condition.values) << ']';
    }
    out << " -> " << std::visit(IntegrationText{kind}, route.integration);
    write_access(out, route.access);
    if (route.validation) {
        out << " validates" << (route.validation->parameters ? " parameters" : "")
            << (route.validation->body ? " body" : "") << ' ' << join(route.validation->required);
        for (const auto& [type, model] : route.validation->models) out << ' ' << type << '=' << model;
    }
    if (!route.model_selection.empty()) out << " by " << route.model_selection;
    if (!route.operation_name.empty()) out << " operation=" << route.operation_name;
    if (route.replies) out << " replies";
    out << '\n';
}

void write_throttle(std::ostream& out, const Throttle& throttle) {
    out << throttle.rate << '/' << throttle.burst;
}

void write_function(std::ostream& out, const Function& function) {
    out << "function " << function.name << " id=" << function.logical_id << " code=" << function.code
        << " handler=" << function.handler << ' ' << function.timeout.count() << "ms " << function.memory_megabytes
        << "MB";
    if (!function.layers.empty()) out << " layers=" << join(function.layers);
    if (function.reserved_concurrency) out << " reserved=" << *function.reserved_concurrency;
    if (!function.versions.empty()) out << " versions=" << join(function.versions);
    for (const Alias& alias : function.aliases) {
        out << " alias=" << alias.name << "->" << alias.version;
        for (const auto& [version, weight] : alias.weights) out << ',' << version << ':' << weight;
    }
    for (const AsynchronousTerms& terms : function.asynchronous) {
        out << " events[" << terms.qualifier << "]=" << terms.retries << '/' << terms.maximum_age.count() << 's';
        const auto write = [&](const char* when, const std::optional<Destination>& to) {
            if (to) out << ' ' << when << "->" << to->function << ':' << to->qualifier << to->elsewhere;
        };
        write("success", terms.on_success);
        write("failure", terms.on_failure);
    }
    if (!function.dead_letters.empty()) out << " dead->" << function.dead_letters;
    out << join_pairs(function.environment) << '\n';
}

void write_authorizer(std::ostream& out, const Authorizer& authorizer) {
    constexpr std::string_view kKinds[] = {"token", "request", "jwt"};
    out << "  authorizer " << authorizer.name << ' ' << kKinds[static_cast<std::size_t>(authorizer.kind)] << ' '
        << authorizer.function << (authorizer.qualifier.empty() ? "" : ":") << authorizer.qualifier << ' '
        << join(authorizer.identity_sources);
    if (!authorizer.identity_validation.empty()) out << " matches=" << authorizer.identity_validation;
    if (authorizer.ttl) out << " ttl=" << authorizer.ttl->count();
    if (authorizer.payload == PayloadFormat::v1) out << " v1";
    if (authorizer.reply == AuthorizerReply::simple) out << " simple";
    if (authorizer.kind == AuthorizerKind::jwt) out << ' ' << authorizer.issuer << ' ' << join(authorizer.audiences);
    out << '\n';
}

void write_api(std::ostream& out, const Api& api) {
    out << kind_name(api.kind) << ' ' << api.name << ' ' << api.id;
    if (api.kind == ApiKind::rest) out << (api.endpoint == EndpointType::edge ? " edge" : " regional");
    if (!api.binary_media_types.empty()) out << " binary=" << join(api.binary_media_types);
    if (api.minimum_compression_size) out << " compression=" << *api.minimum_compression_size;
    if (api.api_key_from_authorizer) out << " key-from-authorizer";
    if (api.multi_value_headers) out << " multi-value";
    if (api.listener) out << ' ' << api.listener->protocol << ':' << api.listener->port;
    if (api.idle_timeout) out << " idle=" << api.idle_timeout->count() << 's';
    if (!api.target_group_arn.empty()) out << ' ' << api.target_group_arn;
    if (api.kind == ApiKind::websocket) out << ' ' << api.route_selection;
    out << '\n';
    for (const HealthCheck& check : api.health_checks) {
        out << "  check " << check.function << ' ' << check.path << ' ' << check.interval.count() << "s/"
            << check.timeout.count() << "s " << check.healthy_threshold << '/' << check.unhealthy_threshold << ' '
            << check.matcher << ' ' << check.target_group.arn.substr(check.target_group.arn.rfind(':') + 1)
            << (check.target_group.multi_value_headers ? " multi-value" : "") << '\n';
    }
    for (const Stage& stage : api.stages) {
        out << "  stage " << stage.name << join_pairs(stage.variables);
        if (stage.throttle) write_throttle(out << " throttle=", *stage.throttle);
        for (const auto& [key, throttle] : stage.route_throttles) write_throttle(out << " [" << key << "]=", throttle);
        out << '\n';
    }
    for (const BasePath& path : api.base_paths) {
        out << "  domain " << path.domain << '/' << path.base_path << " -> " << path.stage << '\n';
    }
    if (api.cors) {
        out << "  cors origins=" << join(api.cors->allow_origins) << " methods=" << join(api.cors->allow_methods)
            << " headers=" << join(api.cors->allow_headers) << " expose=" << join(api.cors->expose_headers);
        if (api.cors->max_age) out << " age=" << api.cors->max_age->count();
        out << (api.cors->allow_credentials ? " credentials" : "") << '\n';
    }
    for (const Authorizer& authorizer : api.authorizers) write_authorizer(out, authorizer);
    for (const GatewayResponse& response : api.gateway_responses) {
        out << "  answer " << response.type << ' ' << response.status.value_or(0) << join_pairs(response.headers)
            << join_pairs(response.templates) << '\n';
    }
    for (const auto& [name, schema] : api.models) out << "  model " << name << ' ' << schema << '\n';
    out << summarise_routes(api);
}

void write_plans(std::ostream& out, const Application& application) {
    for (const ApiKey& key : application.api_keys) {
        out << "key " << key.id << ' ' << key.name << ' ' << key.value << (key.enabled ? "" : " disabled") << '\n';
    }
    for (const UsagePlan& plan : application.usage_plans) {
        out << "plan " << plan.name << " keys=" << join(plan.key_ids);
        for (const auto& [api, stage, throttles] : plan.stages) {
            out << ' ' << api << '/' << stage;
            for (const auto& [route, throttle] : throttles) write_throttle(out << " [" << route << "]=", throttle);
        }
        if (plan.throttle) write_throttle(out << " throttle=", *plan.throttle);
        if (plan.quota) out << " quota=" << plan.quota->limit << '/' << static_cast<int>(plan.quota->period);
        out << '\n';
    }
}

std::string summarise_problem(const source::Problem& problem) {
    std::string text = std::to_string(problem.position().line) + ':' + std::to_string(problem.position().column) +
                       ": " + problem.message();
    if (problem.file() != "t.yaml") text = problem.file() + ':' + text;
    return problem.hint().empty() ? text : text + " (" + problem.hint() + ')';
}

}  // namespace

std::string summarise_routes(const Api& api) {
    std::ostringstream out;
    for (const Route& route : api.routes) write_route(out, route, api.kind);
    return out.str();
}

std::string summarise(const TemplateApplication& read) {
    std::ostringstream out;
    for (const Function& function : read.application.functions) write_function(out, function);
    for (const Api& api : read.application.apis) write_api(out, api);
    write_plans(out, read.application);
    for (const std::string& file : read.files) out << "file " << file << '\n';
    for (const source::Problem& notice : read.notices) {
        out << "note " << notice.position().line << ": " << notice.message() << '\n';
    }
    return out.str();
}

std::string read_summary(std::string_view yaml, TemplateInputs inputs) {
    const auto document = source::parse_document(yaml, "t.yaml", source::DuplicateKeys::last_counts);
    if (!document) return "unreadable: " + source::to_string(document.error());
    const auto read = read_template(*document, inputs);
    return read ? summarise(*read) : summarise_problem(read.error().front());
}

std::string read_problems(std::string_view yaml, TemplateInputs inputs) {
    const auto document = source::parse_document(yaml, "t.yaml", source::DuplicateKeys::last_counts);
    if (!document) return "unreadable: " + source::to_string(document.error());
    const auto read = read_template(*document, inputs);
    std::string text;
    for (const source::Problem& problem : read ? source::Problems() : read.error()) {
        text += summarise_problem(problem) + '\n';
    }
    return text;
}

}  // namespace understudy::app
