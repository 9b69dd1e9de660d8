#pragma once

#include "emulator/app/application.hpp"
#include "emulator/http/message.hpp"
#include "emulator/lambda/disturbance.hpp"
#include "emulator/source/document.hpp"
#include "proto/wire/compression.hpp"
#include "proto/wire/content_type.hpp"
#include "proto/wire/protocol.hpp"
#include "tools/scenario/descriptors.hpp"
#include "tools/scenario/expectation.hpp"
#include "tools/scenario/front.hpp"
#include "tools/scenario/variables.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::scenario {

/// Which way a step goes; `parallel` ones are several that go at once.
enum class StepKind : std::uint8_t { method, http, invoke, parallel };

/// A value of the reply that gets a name.
struct Capture {
    std::string name;
    Written<std::string> source;  ///< `response.items[0].id`, `header.ETag`, `status`.
};

/// How often a step is sent until it passes.
struct Retry {
    unsigned times = 1;
    std::chrono::milliseconds delay{0};
};

/// Where a part of a scenario is written, to be read once more when more is known.
struct Origin {
    source::Document document;  ///< As written, nothing replaced.
    std::uint32_t node = 0;     ///< Its number in the document, and in those rewritten from it.
    std::string folder;         ///< Where relative paths begin.
};

/// One call, ready to be sent.
struct Step {
    std::string name;
    source::Node node;
    StepKind kind = StepKind::method;
    const google::protobuf::MethodDescriptor* method = nullptr;  ///< Of `StepKind::method` only.
    wire::Protocol protocol = wire::Protocol::plain;
    wire::Codec codec = wire::Codec::proto;
    wire::Compression compression = wire::Compression::identity;  ///< Of the request, and what a reply may have.
    std::string function;       ///< Of `StepKind::invoke`: as it is written; empty for the scenario's own.
    std::string subject;        ///< For reports: `package.Service/Method`, `GET /path`, `invoke function`.
    http::Request request;      ///< What goes over the wire, but for what the connection adds.
    std::string packed;         ///< The message, where it is in the request as base64 or compressed.
    std::string request_shown;  ///< For reports: the message as JSON with defaults shown, or the body.
    std::optional<std::chrono::milliseconds> patience;  ///< How long the reply is waited for.
    std::optional<std::chrono::milliseconds> deadline;  ///< The timeout that the request tells.
    Expectation expect;
    std::vector<Capture> captures;
    unsigned repeat = 1;
    std::optional<Retry> retry;
    std::optional<lambda::Disturbance> fault;
    std::vector<Step> parallel;
    /// Holds what only the run knows: it is read again from here before it is sent, and above only what could be told
    /// beforehand is right.
    std::optional<Origin> waits;
};

/// A file that is written before the run.
struct PlannedFile {
    std::string path;  ///< In the run's folder.
    std::string bytes;
};

/// A whole application of a template.
struct TemplatePlan {
    std::string file;
    std::vector<std::pair<std::string, std::string>> parameters;  ///< Names and values, in the order of the names.
    std::string api;                                              ///< Empty: the only one.
    bool calls_api = true;                                        ///< Whether any step goes through an API.

    friend bool operator==(const TemplatePlan&, const TemplatePlan&) = default;
};

/// A variable whose value is made when the run begins.
struct RunVariable {
    std::string name;
    Origin origin;
};

/// What `expect_failure` says of a run.
struct ExpectedFailure {
    std::string front;  ///< Its name; empty for each.
    std::string reason;
    source::Node node;
};

/// One run of a scenario file, but for the front, read and checked: nothing in it refers to a place or a name that is
/// yet to be found. Its nodes and messages live as long as it, or a copy of it, does.
struct Scenario {
    std::string name;
    std::vector<std::pair<std::string, std::string>> labels;  ///< What tells this run from others of the file.
    std::vector<std::string> tags;                            ///< Each once, in the order of the files.
    bool isolate = false;                                     ///< Wants an application that nobody has used.
    std::vector<source::Document> documents;         ///< All that nodes refer to; the scenario's own file first.
    std::shared_ptr<const Descriptors> descriptors;  ///< Null where no schema is named.
    app::Function function;
    std::vector<Front> fronts;
    std::vector<std::string> binary_media_types;
    bool multi_value_headers = false;
    std::optional<TemplatePlan> template_plan;  ///< In place of the four above.
    std::optional<Origin> application_waits;    ///< As `Step::waits`.
    std::optional<source::Node> application;    ///< Where it is written.
    std::vector<PlannedFile> files;
    std::vector<std::string>
        sources;  ///< Files that were read for it, but for those of `documents` and `.proto` files.
    Variables variables;
    std::vector<RunVariable> run_variables;
    std::vector<std::string> secrets;
    std::vector<Step> setup;
    std::vector<Step> steps;
    std::vector<Step> teardown;
    std::vector<ExpectedFailure> expected_failures;  ///< Those that fit but for the front.

    const source::Document& document() const { return documents.front(); }
};

/// Letters, digits, `-`, `_`, `.`, `/` and `:`, a letter or a digit first.
bool is_tag(std::string_view text);

/// The scenario's function behind one of its fronts: what the emulator is started with. The API answers at `/`.
app::Application to_application(const Scenario& scenario, Front front);

}  // namespace understudy::scenario
