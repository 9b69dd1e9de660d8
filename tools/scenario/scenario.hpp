#pragma once

#include "emulator/app/application.hpp"
#include "emulator/app/single_function.hpp"
#include "emulator/source/document.hpp"
#include "proto/wire/content_type.hpp"
#include "proto/wire/method_path.hpp"
#include "proto/wire/status.hpp"
#include "tools/scenario/descriptors.hpp"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/message.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace understudy::scenario {

/// Something that a file asks for, and the place where it does.
template <class T>
struct Written {
    T value;
    source::Node node;
};

/// A header line that is asked for.
struct WrittenHeader {
    std::string name;
    Written<std::string> value;
};

/// What a reply must be; what is absent is not compared.
struct Expectation {
    std::optional<Written<wire::Code>> code;  ///< Where the file writes none but implies `ok`: at the method.
    std::optional<Written<int>> http_status;
    std::optional<Written<std::string>> message;
    /// The expected message, and the YAML it was read from, which says what the author wrote.
    std::optional<Written<std::shared_ptr<const google::protobuf::Message>>> response;
    std::vector<WrittenHeader> headers;
};

/// One call, ready to be sent.
struct Step {
    std::string name;
    source::Node node;
    const google::protobuf::MethodDescriptor* method;
    std::shared_ptr<const google::protobuf::Message> request;
    std::string content_type;
    wire::Codec codec = wire::Codec::proto;
    std::vector<std::pair<std::string, std::string>> headers;
    Expectation expect;

    /// Refers to `method`.
    wire::MethodPath method_path() const { return {method->service()->full_name(), method->name()}; }
};

/// A scenario file, read and checked: nothing in it refers to a place or a name that is yet to be found.
/// Its nodes and messages live as long as it, or a copy of it, does.
struct Scenario {
    std::string name;
    source::Document document;
    std::shared_ptr<const Descriptors> descriptors;
    app::Function function;
    std::vector<app::FrontKind> fronts;
    std::vector<std::string> binary_media_types;
    std::vector<Step> steps;
};

/// The scenario's function behind one of its fronts: what the emulator is started with. The API answers at `/`.
app::Application to_application(const Scenario& scenario, app::FrontKind front);

}  // namespace understudy::scenario
