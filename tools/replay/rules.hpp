#pragma once

#include "emulator/source/document.hpp"
#include "emulator/source/problem.hpp"
#include "tools/match/pattern.hpp"
#include "tools/scenario/descriptors.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace understudy::replay {

/// Whether what differs from run to run by its nature is compared.
enum class Volatile : std::uint8_t { left_out, compared };

/// What a value must be like in place of what was recorded.
struct PathExpectation {
    std::string path;
    std::vector<std::string> steps;
    match::Pattern pattern;
};

/// How replies are compared.
struct ReplayRules {
    /// `status`, `headers.etag`, `body.items[*].time`: paths as differences have them.
    std::vector<std::string> ignore;
    std::vector<PathExpectation> expectations;
    std::optional<source::Document> expectation_file;  ///< What the expectations were read from.
    Volatile volatile_values = Volatile::left_out;
    std::shared_ptr<const scenario::Descriptors> descriptors;  ///< Null: no body is known to be a message.

    /// Which method's bodies a path carries; null where that is not known.
    const google::protobuf::MethodDescriptor* find_method(std::string_view path) const;
};

/// The headers that are not compared, in lower case: each request has its own, or the connection decides.
const std::vector<std::string_view>& volatile_headers();
/// Whether a header is one of them, whatever its case.
bool is_volatile_header(std::string_view name);

/// Reads expectations from a mapping of paths to what must be there, matchers in it: `body.items[*].id: { $type: uuid
/// }`. Returns everything that is wrong with it.
std::vector<source::Problem> read_expectations(const source::Document& document, ReplayRules& rules);

/// What a path that names nothing may have meant: the name of a field, where one of its words is none of the schema's;
/// empty where that cannot be told.
std::string find_suggestion(std::string_view path, const ReplayRules& rules);

/// An error message without what is new in each run: request ids and the time in front of it.
std::string to_stable_message(std::string_view message);

}  // namespace understudy::replay
