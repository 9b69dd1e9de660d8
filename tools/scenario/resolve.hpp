#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"
#include "tools/scenario/scenario.hpp"

#include <google/protobuf/message.h>

#include <understudy/v1/scenario.pb.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::scenario {

using HeaderLines = std::vector<std::pair<std::string, std::string>>;

/// The parts of a scenario file become what is run: names are looked up, paths begin at the file's folder, rules that
/// the schema cannot state are checked. Problems are added at their places.
class Resolver {
  public:
    /// `folder` is the scenario file's own. Lifetime: `problems` must outlive it.
    Resolver(std::string folder, std::vector<source::Problem>& problems);

    SchemaFiles resolve_schema(const v1::Schema& schema, source::Node node);
    void resolve_application(const v1::Application& application, source::Node node, Scenario& scenario);
    /// nullopt where it is not even clear what is called; then there is a problem.
    std::optional<Step> resolve_step(const v1::Step& step, source::Node node, const Scenario& scenario);
    /// A step of which nothing is told but its name.
    static Step make_step(const v1::Step& step, source::Node node);
    void resolve_files(const v1::Scenario& format, source::Node root, Scenario& scenario);

  private:
    std::vector<std::string> resolve_import_paths(const v1::Schema& schema, source::Node node);
    void check_proto_files(const SchemaFiles& files, source::Node node);
    void resolve_limits(const v1::Application& application, source::Node node, app::Function& function);
    void resolve_template(const v1::Application& application, source::Node node, Scenario& scenario);
    void resolve_repeats(const v1::Step& step, source::Node node, Step& resolved);
    void resolve_timeout(const v1::Step& step, source::Node node, Step& resolved);
    void resolve_fault(const v1::Step& step, source::Node node, Step& resolved);
    void resolve_captures(const v1::Step& step, source::Node node, Step& resolved);
    std::optional<Step> resolve_parallel(const v1::Step& step, source::Node node, const Scenario& scenario);
    void resolve_fronts(const v1::Application& application, source::Node node, Scenario& scenario);

    // How calls travel: resolve_protocol.cpp.
    void resolve_protocol(const v1::Step& step, source::Node node, Step& resolved);
    void check_connect_get(source::Node node, const Step& resolved);
    void refuse_protocol(source::Node node);
    std::string resolve_content_type(const v1::Step& step, source::Node node, Step& resolved);
    http::Request to_request(std::string content_type, HeaderLines headers, std::string message, Step& resolved);

    // Requests: resolve_request.cpp.
    bool resolve_call(const v1::Step& step, source::Node node, const Scenario& scenario, Step& resolved);
    bool resolve_method(const v1::Step& step, source::Node node, const Descriptors* descriptors, Step& resolved);
    void resolve_http(const v1::Step& step, source::Node node, Step& resolved);
    void resolve_invoke(const v1::Step& step, source::Node node, const Scenario& scenario, Step& resolved);
    std::string read_body(const v1::Step& step, source::Node node);
    std::string read_message_body(const v1::Step& step, source::Node node, const Descriptors& descriptors,
                                  Step& resolved);
    std::string encode_message(const google::protobuf::Message& message, source::Node node, Step& resolved);
    std::optional<std::string> read_raw_body(const v1::Step& step, source::Node node);
    void check_one_request(source::Node node);
    HeaderLines read_headers(std::optional<source::Node> node);

    // Expectations: resolve_expectation.cpp.
    Expectation resolve_expectation(const v1::Step& step, source::Node node, const Scenario& scenario,
                                    const Step& resolved);
    void resolve_status(const v1::Expectation& written, source::Node node, source::Node expect, const Step& resolved,
                        Expectation& result);
    void resolve_content(const v1::Expectation& written, source::Node expect, const Scenario& scenario,
                         const Step& resolved, Expectation& result);
    void resolve_body(const v1::Expectation& written, source::Node expect, Expectation& result);
    void resolve_observed(source::Node expect, Expectation& result);
    std::optional<ExpectedResponse> read_response(source::Node node, const google::protobuf::Message* prototype,
                                                  const match::Rules& rules);
    std::vector<ExpectedHeader> read_expected_headers(std::optional<source::Node> node);
    std::vector<Written<match::Expectation>> read_lines(std::optional<source::Node> node);
    std::optional<Written<match::Expectation>> read_text(std::optional<source::Node> node);
    std::optional<Written<match::Expectation>> read_json(std::optional<source::Node> node, match::Mode mode);
    match::Rules read_rules(const v1::Expectation& written, source::Node expect, const Step& resolved);
    /// Takes over the problems; nullopt where there are some.
    std::optional<match::Expectation> take(match::ReadExpectation read);

    std::string path(const std::string& written) const;
    void add(source::Node node, std::string message, std::string note);

    std::string folder_;
    std::vector<source::Problem>& problems_;
};

/// The value that `node`, a message of `type`, writes for the field `name`; nullopt where it writes none.
std::optional<source::Node> find_written(source::Node node, const google::protobuf::Descriptor& type,
                                         std::string_view name);

/// The format of a scenario file, or a step of it, from YAML; fields that are Values are left to the resolver.
std::vector<source::Problem> read_format(source::Node node, google::protobuf::Message& format);

bool is_header_name(std::string_view name);
bool is_header_value(std::string_view value);

}  // namespace understudy::scenario
