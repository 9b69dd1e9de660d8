#include "tools/understudy/sam_config.hpp"

#include <algorithm>
#include <array>
#include <sstream>
#include <toml.hpp>

namespace understudy::cli {
namespace {

using Table = toml::value;

/// `[ENVIRONMENT.COMMAND.parameters]`, where it is there.
const Table* find_parameters(const Table& root, const std::string& environment, const std::string& command) {
    const Table* table = &root;
    for (const std::string& key : {environment, command, std::string("parameters")}) {
        if (!table->is_table() || !table->contains(key)) return nullptr;
        table = &table->at(key);
    }
    return table->is_table() ? table : nullptr;
}

source::Problem wrong_type(const Table& value, const std::string& file, const std::string& message) {
    const auto place = value.location();
    return {source::ProblemCode::invalid,
            message,
            file,
            {static_cast<std::uint32_t>(place.line()), static_cast<std::uint32_t>(place.column())}};
}

/// A value as one text: SAM CLI takes lists of words too.
std::optional<std::string> to_words(const Table& value) {
    if (value.is_string()) return value.as_string().str;
    if (!value.is_array()) return std::nullopt;
    std::string words;
    for (const Table& item : value.as_array()) {
        if (!item.is_string()) return std::nullopt;
        words.append(words.empty() ? "" : " ").append(item.as_string().str);
    }
    return words;
}

class Reader {
  public:
    explicit Reader(const std::string& file) : file_(file) {}

    source::Result<void> take(const Table& table) {
        const std::array<std::pair<const char*, std::string*>, 4> texts{{{"template", &config.template_file},
                                                                         {"template_file", &config.template_file},
                                                                         {"env_vars", &config.env_vars},
                                                                         {"region", &config.region}}};
        for (const auto& [key, target] : texts) {
            if (!table.contains(key)) continue;
            const Table& value = table.at(key);
            if (!value.is_string()) return wrong_type(value, file_, std::string(key) + " takes a text");
            *target = value.as_string().str;
        }
        if (table.contains("port")) {
            const Table& value = table.at("port");
            if (!value.is_integer() || value.as_integer() < 0 || value.as_integer() > 65535)
                return wrong_type(value, file_, "port takes a number from 0 to 65535");
            config.port = static_cast<int>(value.as_integer());
        }
        if (table.contains("parameter_overrides")) return take_overrides(table.at("parameter_overrides"));
        return {};
    }

    source::Result<void> take_overrides(const Table& value) {
        const auto words = to_words(value);
        if (!words) return wrong_type(value, file_, "parameter_overrides takes a text or a list of texts");
        auto pairs = parse_parameter_overrides(*words);
        if (!pairs) return wrong_type(value, file_, pairs.error().message());
        config.parameters = std::move(*pairs);
        return {};
    }

    SamConfig config;

  private:
    const std::string& file_;
};

}  // namespace

source::Result<SamConfig> read_sam_config(std::string_view text, const std::string& name,
                                          std::string_view environment) {
    Table root;
    try {
        std::istringstream stream{std::string(text)};
        root = toml::parse(stream, name);
    } catch (const toml::exception& error) {
        const auto& place = error.location();
        return source::Problem(source::ProblemCode::malformed, "this is no TOML that SAM CLI would read", name,
                               {static_cast<std::uint32_t>(place.line()), static_cast<std::uint32_t>(place.column())});
    }
    const std::string chosen(environment);
    Reader reader(name);
    if (const Table* deploy = find_parameters(root, chosen, "deploy");
        deploy != nullptr && deploy->contains("parameter_overrides")) {
        if (const auto taken = reader.take_overrides(deploy->at("parameter_overrides")); !taken) return taken.error();
    }
    for (const char* command : {"global", "local_start_api"}) {
        const Table* table = find_parameters(root, chosen, command);
        if (table == nullptr) continue;
        if (const auto taken = reader.take(*table); !taken) return taken.error();
    }
    return reader.config;
}

}  // namespace understudy::cli
