#include "tools/understudy/recording.hpp"

#include "emulator/files/read_file.hpp"
#include "emulator/process/content_hash.hpp"
#include "tools/redact/redaction_file.hpp"
#include "tools/understudy/version.hpp"

#include <charconv>
#include <filesystem>
#include <utility>

namespace understudy::cli {
namespace {

std::string hash(const std::string& file) {
    if (file.empty()) return {};
    const auto text = files::read_file(file);
    if (!text) return {};
    process::ContentHash hash;
    hash.add(*text);
    return hash.finish();
}

/// A problem's own file may be one of the schema: its lines are not at hand.
std::string render(const source::Problem& problem, const std::string& file, const std::string& text,
                   source::Colour colour) {
    return source::render_diagnostic(problem, problem.file() == file ? text : std::string(), colour);
}

}  // namespace

std::optional<std::uint64_t> parse_size(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || number == 0) return std::nullopt;
    std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
    if (unit.empty() || unit == "B") return number;
    constexpr std::string_view kUnits = "KMGT";
    const std::size_t step = kUnits.find(unit.front() == 'k' ? 'K' : unit.front());
    unit.remove_prefix(1);
    if (step == std::string_view::npos || (!unit.empty() && unit != "B" && unit != "iB")) return std::nullopt;
    const unsigned shift = 10 * (static_cast<unsigned>(step) + 1);
    return number > (~std::uint64_t{0} >> shift) ? std::nullopt : std::optional(number << shift);
}

std::variant<std::shared_ptr<const RecordingSettings>, std::string> read_recording(const RecordingOptions& options,
                                                                                   const std::string& template_file,
                                                                                   source::Colour colour) {
    if (options.file.empty()) return std::shared_ptr<const RecordingSettings>();
    RecordingSettings settings{.path = options.file, .most_bytes = options.most_bytes};
    settings.program = "understudy " + std::string(kVersion);
    settings.template_sha256 = hash(template_file);
    if (!options.redaction_file.empty()) {
        const auto text = files::read_file(options.redaction_file);
        if (!text) return "understudy serve: " + text.error().message() + " (--record-redact)\n";
        const auto folder = std::filesystem::absolute(options.redaction_file).parent_path().string();
        auto read = redact::read_redaction_file(*text, options.redaction_file, folder);
        if (const auto* problems = std::get_if<std::vector<source::Problem>>(&read)) {
            std::string told;
            for (const source::Problem& problem : *problems)
                told += render(problem, options.redaction_file, *text, colour);
            return told;
        }
        settings.redaction = std::get<record::Redaction>(std::move(read));
    }
    return std::make_shared<const RecordingSettings>(std::move(settings));
}

}  // namespace understudy::cli
