#pragma once

#include "tools/understudy/command_spec.hpp"
#include "tools/understudy/options.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace understudy::cli {

/// The words that choose exchanges of a recording.
struct SelectionWords {
    std::string from;
    std::string to;
    std::string filter;
    std::string sample;
    std::string shard;
    std::vector<std::string> ids;
    std::optional<std::uint64_t> limit;  ///< Unset: all.
};
std::vector<OptionSpec> selection_options(SelectionWords& words, replay::SelectionRules& rules);
/// What is wrong with the words, or nothing.
std::string finish_selection(const SelectionWords& words, replay::SelectionRules& rules);

/// The options that name a schema.
std::vector<OptionSpec> schema_options(SchemaWords& words);
std::string finish_schema(const SchemaWords& words);

}  // namespace understudy::cli
