#include "tools/package/pack.hpp"

#include "emulator/files/read_file.hpp"
#include "emulator/files/write_file.hpp"
#include "tools/package/check.hpp"
#include "tools/package/embedded_recorder.hpp"
#include "tools/package/follow_links.hpp"
#include "tools/package/path_kind.hpp"
#include "tools/package/read_package.hpp"
#include "tools/understudy/commands.hpp"

#include <filesystem>
#include <iostream>
#include <optional>

namespace understudy::cli {
namespace {

using package::CollectedFile;
using source::Problem;
using source::ProblemCode;
using source::Result;

constexpr int kNoPackage = 1, kWouldNotStart = 4;

/// What a program is built for; nullopt for a script, and for what cannot be read.
std::optional<package::Elf> read_program(std::string_view bytes) {
    if (!package::is_elf(bytes)) return std::nullopt;
    auto read = package::read_elf(bytes);
    if (auto* elf = std::get_if<package::Elf>(&read)) return std::move(*elf);
    return std::nullopt;
}

Result<std::string> read_recorder(const std::string& path) {
    const auto kind = package::find_path_kind(path);
    if (kind.has_error()) return kind.error();
    return files::read_file(path);
}

/// The recorder's program, once it is known to run where the function does: `program` is the function's, empty where
/// there is none.
Result<std::string> find_recorder(const PackageOptions& options, std::string_view program) {
    auto recorder = options.recorder.empty() ? Result<std::string>(std::string(package::embedded_recorder()))
                                             : read_recorder(options.recorder);
    if (recorder.has_error()) return recorder;
    const auto ours = read_program(*recorder), theirs = read_program(program);
    if (!ours) return recorder;
    const bool fits = (!theirs || theirs->machine == ours->machine) &&
                      (!options.runtime.machine || *options.runtime.machine == ours->machine);
    if (fits) return recorder;
    return Problem(ProblemCode::invalid, "the recorder is built for " + ours->machine_name + ", the function is not")
        .with_hint("name the recorder of an understudy that is built for the function's architecture, by --recorder");
}

/// Whether a recorder that was named would start; what is wrong with it has been told then. The one that is built in is
/// known to.
bool would_record(const PackageOptions& options, const std::string& recorder) {
    if (options.recorder.empty()) return true;
    const package::Package checked = package::to_package(
        options.recorder,
        {{.path = "bootstrap", .mode = package::kProgramMode, .bytes = recorder, .origin = options.recorder}});
    const package::RuntimeImage& image = *package::find_runtime_image(options.runtime.runtime);
    const auto findings = package::check_package(checked, image, options.runtime.machine);
    if (!findings.empty()) std::cerr << package::render_findings(checked, image, findings);
    return package::would_start(findings);
}

/// What goes into a zip, and whether a function in it would start.
struct Collected {
    std::vector<CollectedFile> files;
    bool starts = true;
};

/// The function's files, once what is wrong with them has been told.
Result<Collected> collect_function(const PackageOptions& options) {
    auto files = package::collect_files(options.program, {options.others.begin(), options.others.end()}, options.zip);
    if (files.has_error()) return files.error();
    const package::Package checked = package::to_package(options.program, *files);
    const package::RuntimeImage& image = *package::find_runtime_image(options.runtime.runtime);
    const auto findings = package::check_package(checked, image, options.runtime.machine);
    if (!findings.empty()) std::cerr << package::render_findings(checked, image, findings);
    Collected collected{std::move(*files), package::would_start(findings)};
    if (!options.records) return collected;
    const package::PackageFile* program = package::find_followed(checked, "bootstrap");
    const auto recorder = find_recorder(options, program == nullptr ? std::string_view() : *program->bytes);
    if (recorder.has_error()) return recorder.error();
    collected.starts = would_record(options, *recorder) && collected.starts;
    if (auto added = package::add_recorder(collected.files, *recorder); added.has_error()) return added.error();
    return collected;
}

Result<Collected> collect_layer(const PackageOptions& options) {
    const auto recorder = find_recorder(options, {});
    if (recorder.has_error()) return recorder.error();
    return Collected{package::to_layer(*recorder), would_record(options, *recorder)};
}

/// What is packed, and what is no plain file, must not be written over.
Result<void> check_output(const PackageOptions& options) {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::file_status status = fs::status(options.zip, error);
    if (fs::exists(status) && !fs::is_regular_file(status))
        return Problem(ProblemCode::invalid, options.zip + ": it is no plain file")
            .with_hint("name a new file with -o");
    std::vector<std::string> inputs = options.others;
    if (!options.program.empty()) inputs.push_back(options.program);
    for (const std::string& input : inputs) {
        if (!fs::equivalent(input, options.zip, error)) continue;
        return Problem(ProblemCode::invalid, options.zip + ": it is one of the files that are to be packed")
            .with_hint("name another file with -o");
    }
    return {};
}

/// Writes the zip, and says whether the function in it would start.
Result<bool> make_package(const PackageOptions& options) {
    if (auto checked = check_output(options); checked.has_error()) return checked.error();
    const auto collected = options.is_layer ? collect_layer(options) : collect_function(options);
    if (collected.has_error()) return collected.error();
    const std::string zip = package::to_zip(collected->files);
    if (auto written = files::write_file(options.zip, zip); written.has_error()) return written.error();
    if (zip.size() > package::kMostZippedBytes) {
        std::cerr << options.zip << ": warning: a direct upload takes " << package::kMostZippedBytes
                  << " bytes; upload it to S3 and deploy it from there\n";
    }
    std::cout << options.zip << ": " << zip.size() << " bytes, CodeSha256 " << package::code_sha256(zip) << std::endl;
    return collected->starts;
}

}  // namespace

int check(const CheckOptions& options) {
    const auto read = package::read_package(options.path);
    if (read.has_error()) {
        std::cerr << "understudy check: " << source::to_string(read.error()) << '\n';
        return kNoPackage;
    }
    const package::RuntimeImage& image = *package::find_runtime_image(options.runtime.runtime);
    const auto findings = package::check_package(*read, image, options.runtime.machine);
    std::cout << (options.json ? package::render_findings_json(*read, image, findings)
                               : package::render_findings(*read, image, findings))
              << std::flush;
    return package::would_start(findings) ? 0 : kWouldNotStart;
}

int pack(const PackageOptions& options) {
    const auto made = make_package(options);
    if (!made.has_error()) return *made ? 0 : kWouldNotStart;
    std::cerr << "understudy package: " << source::to_string(made.error()) << '\n';
    return kNoPackage;
}

}  // namespace understudy::cli
