#include "tools/package/check.hpp"

#include "emulator/source/shell_word.hpp"
#include "tools/package/check_program.hpp"
#include "tools/package/follow_links.hpp"
#include "tools/package/link_target.hpp"

#include <algorithm>
#include <numeric>
#include <set>

namespace understudy::package {
namespace {

constexpr std::string_view kBootstrap = "bootstrap";

/// A `bootstrap` one folder too deep: whoever packs a folder instead of its content gets this.
std::string find_deeper(const Package& package) {
    for (const PackageFile& file : package.files) {
        if (file.path.ends_with("/bootstrap")) return file.path;
    }
    return {};
}

Finding missing_bootstrap(const Package& package) {
    const std::string deeper = find_deeper(package);
    if (!deeper.empty()) {
        return {Severity::error, "bootstrap", deeper,
                "it must stand at the top, Lambda looks for /var/task/bootstrap only",
                "pack the content of '" + deeper.substr(0, deeper.rfind('/')) + "', not the folder"};
    }
    return {Severity::error, "bootstrap", std::string(kBootstrap),
            "there is none: Lambda ends with Runtime.InvalidEntrypoint, Couldn't find valid bootstrap(s)",
            "name the program 'bootstrap'; 'understudy package PROGRAM FILE… -o fn.zip' stores what is named first so"};
}

void check_sizes(const Package& package, std::vector<Finding>& findings) {
    const auto size = std::accumulate(package.files.begin(), package.files.end(), std::uint64_t{0},
                                      [](std::uint64_t sum, const PackageFile& file) { return sum + file.size; });
    if (size > kMostPackageBytes) {
        findings.push_back(
            {Severity::error, "size", package.name,
             "it is " + std::to_string(size) + " bytes unpacked; Lambda takes " + std::to_string(kMostPackageBytes) +
                 ", layers included",
             "strip the binary, leave out what the function does not need, or deploy a container image"});
    }
    if (package.zip_size && *package.zip_size > kMostZippedBytes) {
        findings.push_back({Severity::warning, "zip-size", package.name,
                            "the zip is " + std::to_string(*package.zip_size) + " bytes; a direct upload takes " +
                                std::to_string(kMostZippedBytes),
                            "upload it to S3 and deploy it from there"});
    }
}

/// Links beside those of the programs, `told`. Only their texts are looked at: there may be many.
void check_other_links(const Package& package, const std::set<std::string>& told, std::vector<Finding>& findings) {
    for (const PackageFile& file : package.files) {
        if (file.link.empty() || stays_inside(file.path, file.link)) continue;
        if (told.contains(file.path)) continue;
        findings.push_back({Severity::warning, "link", file.path,
                            "the link leads to " + file.link + ", outside the package", "put a copy in its place"});
    }
}

void check_entry(const Package& package, const RuntimeImage& image, const PackageFile& program,
                 std::optional<Machine> machine, std::vector<Finding>& findings) {
    if (!program.executable) {
        findings.push_back({Severity::error, "mode", program.path,
                            "it may not be executed: fork/exec /var/task/" + program.path + ": permission denied",
                            program.origin.empty()
                                ? "chmod +x " + program.path + " and pack it again; 'understudy package' sets it"
                                : "chmod +x " + source::to_shell_word(program.origin)});
    }
    check_program(package, image, program, machine, findings);
}

/// The program behind a name at the package's top, which may be a link.
void check_entry_or_link(const Package& package, const RuntimeImage& image, const PackageFile& entry,
                         std::optional<Machine> machine, std::vector<Finding>& findings) {
    const auto followed = follow(package, entry.path);
    if (const auto* lost = std::get_if<LostLink>(&followed)) {
        findings.push_back(
            {Severity::error, "link", lost->link, "the link " + lost->reason,
             "put the program itself in its place, or make it a relative link to a file of the package"});
        return;
    }
    check_entry(package, image, *std::get<const PackageFile*>(followed), machine, findings);
}

}  // namespace

std::vector<Finding> check_package(const Package& package, const RuntimeImage& image, std::optional<Machine> machine) {
    std::vector<Finding> findings;
    const PackageFile* const bootstrap = package.find(kBootstrap);
    if (bootstrap == nullptr) {
        findings.push_back(missing_bootstrap(package));
    } else {
        check_entry_or_link(package, image, *bootstrap, machine, findings);
        // Behind a recorder stands the function itself.
        if (const PackageFile* recorded = package.find(kRecordedProgram))
            check_entry_or_link(package, image, *recorded, machine, findings);
    }
    std::set<std::string> told;
    for (const Finding& finding : findings) told.insert(finding.file);
    check_other_links(package, told, findings);
    check_sizes(package, findings);
    std::ranges::stable_sort(findings, std::ranges::greater(), &Finding::severity);
    return findings;
}

bool would_start(const std::vector<Finding>& findings) {
    return std::ranges::none_of(findings, [](const Finding& finding) { return finding.severity == Severity::error; });
}

}  // namespace understudy::package
