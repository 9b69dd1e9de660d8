#pragma once

#include "emulator/app/application.hpp"
#include "emulator/app/single_function.hpp"
#include "emulator/http/message.hpp"
#include "emulator/source/document.hpp"
#include "proto/wire/content_type.hpp"
#include "proto/wire/status.hpp"
#include "tools/match/match.hpp"
#include "tools/scenario/descriptors.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace understudy::scenario {

/// Something that a file asks for, and the place where it does.
template <class T>
struct Written {
    T value;
    source::Node node;
};

/// A header line that a reply must have.
struct ExpectedHeader {
    std::string name;
    Written<match::Expectation> value;
};

/// The message, or the JSON, that a reply must hold.
struct ExpectedResponse {
    match::Expectation expectation;
    std::string shown;  ///< For reports: JSON with defaults shown, matchers in words.
};

/// Something of an invocation that the platform tells: `duration_ms`.
struct ExpectedFact {
    std::string name;
    Written<match::Expectation> value;
};

/// What a reply must be; what is absent is not compared.
struct Expectation {
    std::optional<Written<wire::Code>> code;  ///< Where the file writes none but implies `ok`: at the method.
    std::optional<Written<int>> http_status;
    bool no_error_status = false;  ///< Plain HTTP without `http_status`.
    std::optional<Written<match::Expectation>> message;
    std::optional<Written<ExpectedResponse>> response;
    std::optional<Written<std::vector<Written<match::Expectation>>>> details;
    std::vector<ExpectedHeader> headers;
    std::vector<ExpectedHeader> trailers;
    std::optional<Written<match::Expectation>> body;
    std::optional<Written<std::string>> body_bytes;
    std::optional<Written<match::Expectation>> body_size;
    std::optional<Written<std::chrono::milliseconds>> within;
    std::optional<Written<std::string>> function_error;  ///< Empty: there must be none.
    std::optional<Written<match::Expectation>> event;
    std::vector<Written<match::Expectation>> logs;
    std::vector<Written<match::Expectation>> logs_without;
    std::vector<ExpectedFact> invocation;
};

/// Which way a step goes.
enum class StepKind : std::uint8_t { method, http, invoke };

/// One call, ready to be sent.
struct Step {
    std::string name;
    source::Node node;
    StepKind kind = StepKind::method;
    const google::protobuf::MethodDescriptor* method = nullptr;  ///< Of `StepKind::method` only.
    wire::Codec codec = wire::Codec::proto;
    std::string subject;        ///< For reports: `package.Service/Method`, `GET /path`, `invoke function`.
    http::Request request;      ///< What goes over the wire, but for what the connection adds.
    std::string request_shown;  ///< For reports: the message as JSON with defaults shown, or the body.
    std::optional<std::chrono::milliseconds> patience;
    Expectation expect;
};

/// A scenario file, read and checked: nothing in it refers to a place or a name that is yet to be found.
/// Its nodes and messages live as long as it, or a copy of it, does.
struct Scenario {
    std::string name;
    source::Document document;
    std::shared_ptr<const Descriptors> descriptors;  ///< Null where no schema is named.
    app::Function function;
    std::vector<app::FrontKind> fronts;
    std::vector<std::string> binary_media_types;
    std::vector<Step> steps;
};

/// The scenario's function behind one of its fronts: what the emulator is started with. The API answers at `/`.
app::Application to_application(const Scenario& scenario, app::FrontKind front);

}  // namespace understudy::scenario
