#pragma once

#include "emulator/source/problem.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace understudy::cli {

/// A value of SAM CLI's configuration file, in whichever of its formats it is written.
struct ConfigValue {
    enum class Kind : std::uint8_t { nothing, text, number, boolean, list, table };
    Kind kind = Kind::nothing;
    std::string text = {};  ///< Of what is neither a list nor a table, as Python writes it: `True`.
    std::vector<ConfigValue> items = {};
    std::vector<std::pair<std::string, ConfigValue>> members = {};
    source::Position position = {};

    bool is_scalar() const { return kind == Kind::text || kind == Kind::number || kind == Kind::boolean; }
    /// Null where there is none, or no table.
    const ConfigValue* find(std::string_view key) const;
};

/// Reads a text by the extension of its name: `.toml`, `.yaml` or `.yml`.
///
/// Rule: the extension decides, and SAM CLI refuses all others [aws/aws-sam-cli samcli/lib/config/samconfig.py,
/// file_manager.py]. Tested by: SamConfig.YamlSaysTheSameAsToml, SamConfig.TheExtensionSaysTheFormat
/// Errors: invalid: another extension. malformed: neither; those of `source::parse_document`.
source::Result<ConfigValue> parse_config(std::string_view text, const std::string& name);

}  // namespace understudy::cli
