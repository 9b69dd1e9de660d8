#include "tools/understudy/sam_config.hpp"

#include "emulator/source/suggestion.hpp"
#include "tools/understudy/sam_config_value.hpp"
#include "tools/understudy/sam_flags.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace understudy::cli {
namespace {

using ConfigKind = ConfigValue::Kind;
using Pairs = std::vector<std::pair<std::string, std::string>>;

constexpr std::array<std::string_view, 6> kUsed{"template", "template_file",       "env_vars",
                                                "region",   "parameter_overrides", "port"};
/// Of whatever command: what says nothing of the run itself.
constexpr std::array<std::string_view, 5> kOfNoRun{"config_env", "config_file", "save_params", "beta_features",
                                                   "debug"};

/// `ENVIRONMENT`, `COMMAND`, `parameters`, where it is there.
const ConfigValue* find_parameters(const ConfigValue& root, const std::string& environment,
                                   const std::string& command) {
    const ConfigValue* table = &root;
    for (const std::string& key : {environment, command, std::string("parameters")}) {
        if (table != nullptr) table = table->find(key);
    }
    return table;
}

/// A port as a number or as a text of digits, as click takes both.
std::optional<int> to_port(const ConfigValue& value) {
    if (value.kind != ConfigKind::number && value.kind != ConfigKind::text) return std::nullopt;
    int port = 0;
    const char* const end = value.text.data() + value.text.size();
    const auto [stop, error] = std::from_chars(value.text.data(), end, port);
    if (error != std::errc() || stop != end || port < 0 || port > 65535) return std::nullopt;
    return port;
}

class Reader {
  public:
    explicit Reader(const std::string& file) : file_(file) {}

    source::Result<void> take(const ConfigValue& table);
    source::Result<void> take_overrides(const ConfigValue& value);
    /// What of a table of all commands, or of the local one alone, has no effect here.
    void tell_unused(const ConfigValue& table, bool is_global);

    SamConfig config;

  private:
    source::Problem wrong(const ConfigValue& value, const std::string& message) const {
        return {source::ProblemCode::invalid, message, file_, value.position};
    }
    source::Result<void> add_overrides(const ConfigValue& value, Pairs& pairs) const;
    source::Result<void> add_override(const std::string& key, const ConfigValue& value, Pairs& pairs) const;

    const std::string& file_;
};

source::Result<void> Reader::take(const ConfigValue& table) {
    const std::array<std::pair<const char*, std::string*>, 4> texts{{{"template", &config.template_file},
                                                                     {"template_file", &config.template_file},
                                                                     {"env_vars", &config.env_vars},
                                                                     {"region", &config.region}}};
    for (const auto& [key, target] : texts) {
        const ConfigValue* value = table.find(key);
        if (value == nullptr) continue;
        if (value->kind != ConfigKind::text) return wrong(*value, std::string(key) + " takes a text");
        *target = value->text;
    }
    if (const ConfigValue* value = table.find("port")) {
        config.port = to_port(*value);
        if (!config.port) return wrong(*value, "port takes a number from 0 to 65535");
    }
    if (const ConfigValue* value = table.find("parameter_overrides")) return take_overrides(*value);
    return {};
}

/// Rule: a text of words, a table of names and values, or a list of both; values of a table that are lists are joined
/// by commas, and what is empty is an empty text [aws/aws-sam-cli samcli/cli/types.py CfnParameterOverridesType].
/// Tested by: SamConfig.OverridesMayBeATable
source::Result<void> Reader::take_overrides(const ConfigValue& value) {
    Pairs pairs;
    if (const auto added = add_overrides(value, pairs); !added) return added.error();
    config.parameters = std::move(pairs);
    return {};
}

source::Result<void> Reader::add_overrides(const ConfigValue& value, Pairs& pairs) const {
    if (value.kind == ConfigKind::text) {
        auto words = parse_parameter_overrides(value.text);
        if (!words) return wrong(value, words.error().message());
        pairs.insert(pairs.end(), words->begin(), words->end());
        return {};
    }
    if (value.is_scalar()) return wrong(value, "parameter_overrides takes texts and tables of names and values");
    for (const ConfigValue& item : value.items) {
        if (const auto added = add_overrides(item, pairs); !added) return added.error();
    }
    for (const auto& [key, member] : value.members) {
        if (const auto added = add_override(key, member, pairs); !added) return added.error();
    }
    return {};
}

source::Result<void> Reader::add_override(const std::string& key, const ConfigValue& value, Pairs& pairs) const {
    if (key == "$include") return wrong(value, "$include is not emulated: write the parameters here");
    if (value.kind == ConfigKind::table)
        return wrong(value, "the parameter '" + key + "' takes a text or a list of texts");
    std::string text = value.text;
    for (const ConfigValue& item : value.items) {
        if (item.text.empty()) continue;
        text.append(text.empty() ? "" : ",").append(item.text);
    }
    pairs.emplace_back(key, std::move(text));
    return {};
}

void Reader::tell_unused(const ConfigValue& table, bool is_global) {
    for (const auto& [key, value] : table.members) {
        const bool is_off = value.kind == ConfigKind::boolean && value.text == "False";
        if (is_off || std::ranges::find(kUsed, key) != kUsed.end() ||
            std::ranges::find(kOfNoRun, key) != kOfNoRun.end())
            continue;
        const std::string_view counterpart = counterpart_of_key(key);
        if (!counterpart.empty()) {
            config.unused.emplace_back(source::ProblemCode::unsupported,
                                       key + " is not used: it " + std::string(counterpart), file_, value.position);
        } else if (!is_global) {
            config.unused.push_back(source::Problem(source::ProblemCode::invalid,
                                                    key + " is not used: sam local start-api has no such parameter",
                                                    file_, value.position)
                                        .with_hint(source::render_suggestion(key, kUsed)));
        }
    }
}

}  // namespace

source::Result<SamConfig> read_sam_config(std::string_view text, const std::string& name,
                                          std::string_view environment) {
    const auto root = parse_config(text, name);
    if (!root) return root.error();
    const std::string chosen(environment);
    Reader reader(name);
    if (const ConfigValue* deploy = find_parameters(*root, chosen, "deploy")) {
        const ConfigValue* overrides = deploy->find("parameter_overrides");
        if (overrides != nullptr) {
            if (const auto taken = reader.take_overrides(*overrides); !taken) return taken.error();
        }
    }
    for (const bool is_global : {true, false}) {
        const ConfigValue* table = find_parameters(*root, chosen, is_global ? "global" : "local_start_api");
        if (table == nullptr) continue;
        if (const auto taken = reader.take(*table); !taken) return taken.error();
        reader.tell_unused(*table, is_global);
    }
    return reader.config;
}

}  // namespace understudy::cli
