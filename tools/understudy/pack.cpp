#include "tools/package/pack.hpp"

#include "tools/package/check.hpp"
#include "tools/package/embedded_recorder.hpp"
#include "tools/package/file_bytes.hpp"
#include "tools/package/read_package.hpp"
#include "tools/understudy/commands.hpp"

#include <iostream>

namespace understudy::cli {
namespace {

using package::CollectedFile;
using source::Problem;
using source::ProblemCode;
using source::Result;

constexpr int kUnreadable = 1, kWouldNotStart = 4;

Result<std::string> find_recorder(const PackageOptions& options) {
    if (!options.recorder.empty()) return package::read_file_bytes(options.recorder);
    return std::string(package::embedded_recorder());
}

/// Whether the recorder can run where the function does.
Result<void> compare_machines(std::string_view program, std::string_view recorder) {
    if (!package::is_elf(program) || !package::is_elf(recorder)) return {};
    const auto ours = package::read_elf(recorder), theirs = package::read_elf(program);
    const auto* const recorder_elf = std::get_if<package::Elf>(&ours);
    const auto* const program_elf = std::get_if<package::Elf>(&theirs);
    if (recorder_elf == nullptr || program_elf == nullptr || recorder_elf->machine == program_elf->machine) return {};
    return Problem(ProblemCode::invalid, "the program is built for " + program_elf->machine_name +
                                             ", the recorder for " + recorder_elf->machine_name)
        .with_hint("name a recorder for " + program_elf->machine_name + " by --recorder");
}

/// The function's files, once what is wrong with them has been told.
Result<std::vector<CollectedFile>> collect_function(const PackageOptions& options) {
    auto files = package::collect_files(options.program, {options.others.begin(), options.others.end()}, options.zip);
    if (files.has_error()) return files.error();
    const package::Package checked = package::to_package(options.program, *files);
    const package::RuntimeImage& image = *package::find_runtime_image(options.runtime.runtime);
    const auto findings = package::check_package(checked, image, options.runtime.machine);
    if (!findings.empty()) std::cerr << package::render_findings(checked, image, findings);
    if (!options.records) return files;
    const auto recorder = find_recorder(options);
    if (recorder.has_error()) return recorder.error();
    if (const package::PackageFile* program = checked.find("bootstrap")) {
        if (auto same = compare_machines(*program->bytes, *recorder); same.has_error()) return same.error();
    }
    if (auto added = package::add_recorder(*files, *recorder); added.has_error()) return added.error();
    return files;
}

Result<std::vector<CollectedFile>> collect_layer(const PackageOptions& options) {
    const auto recorder = find_recorder(options);
    if (recorder.has_error()) return recorder.error();
    return package::to_layer(*recorder);
}

Result<void> make_package(const PackageOptions& options) {
    const auto files = options.is_layer ? collect_layer(options) : collect_function(options);
    if (files.has_error()) return files.error();
    const std::string zip = package::to_zip(*files);
    if (auto written = package::write_file_bytes(options.zip, zip); written.has_error()) return written.error();
    if (zip.size() > package::kMostZippedBytes) {
        std::cerr << options.zip << ": warning: a direct upload takes " << package::kMostZippedBytes
                  << " bytes; upload it to S3 and deploy it from there\n";
    }
    std::cout << options.zip << ": " << zip.size() << " bytes, CodeSha256 " << package::code_sha256(zip) << std::endl;
    return {};
}

}  // namespace

int check(const CheckOptions& options) {
    const auto read = package::read_package(options.path);
    if (read.has_error()) {
        std::cerr << "understudy check: " << source::to_string(read.error()) << '\n';
        return kUnreadable;
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
    if (!made.has_error()) return 0;
    std::cerr << "understudy package: " << source::to_string(made.error()) << '\n';
    return kUnreadable;
}

}  // namespace understudy::cli
