#include "tools/package/check_program.hpp"

#include "emulator/process/zip.hpp"
#include "emulator/process/zip_entries.hpp"
#include "tools/package/check_script.hpp"
#include "tools/package/follow_links.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace understudy::package {
namespace {

std::string_view to_name(Machine machine) {
    return machine == Machine::arm64 ? "arm64" : "x86_64";
}

std::string_view loader_of(Machine machine) {
    return machine == Machine::arm64 ? "/lib/ld-linux-aarch64.so.1" : "/lib64/ld-linux-x86-64.so.2";
}

/// What a file is that is no ELF program and no script.
std::string describe(std::string_view begin) {
    constexpr std::array<std::string_view, 4> kMachO{"\xCF\xFA\xED\xFE", "\xCE\xFA\xED\xFE", "\xFE\xED\xFA\xCF",
                                                     "\xCA\xFE\xBA\xBE"};
    for (const std::string_view magic : kMachO) {
        if (begin.starts_with(magic)) return "it is a program for macOS";
    }
    if (begin.starts_with("MZ")) return "it is a program for Windows";
    if (begin.starts_with("\xEF\xBB\xBF#!")) return "a byte order mark stands before its #!";
    if (begin.starts_with("PK\x03\x04")) return "it is a zip file";
    if (begin.empty()) return "it is empty";
    return "it is neither an ELF program nor a script that begins with #!";
}

class ProgramCheck {
  public:
    ProgramCheck(const Package& package, const RuntimeImage& image, std::vector<Finding>& findings)
        : package_(package), image_(image), findings_(findings) {}

    void run(const PackageFile& program, std::optional<Machine> machine) {
        const std::string_view bytes = *program.bytes;
        if (bytes.starts_with("#!")) return check_script(package_, image_, program, findings_);
        if (!is_elf(bytes)) {
            return add(program, "format", describe(bytes) + ": exec format error",
                       "build it for Linux on x86_64 or arm64");
        }
        const auto read = read_elf(bytes);
        if (const auto* fault = std::get_if<ElfFault>(&read)) {
            return add(program, "format", "it cannot be loaded: " + fault->reason, "build or copy it again");
        }
        const Elf& elf = std::get<Elf>(read);
        if (!check_machine(program, elf, machine)) return;
        machine_ = elf.machine;
        if (!elf.interpreter.empty() && !check_loader(program, elf)) return;
        check_needs(program, elf);
    }

  private:
    void add(const PackageFile& file, const char* rule, std::string message, std::string remedy) {
        findings_.push_back({Severity::error, rule, file.path, std::move(message), std::move(remedy)});
    }

    bool check_machine(const PackageFile& file, const Elf& elf, std::optional<Machine> wanted) {
        if (!elf.is_wide || elf.machine == Machine::other) {
            add(file, "architecture", "it is built for " + elf.machine_name + "; Lambda has x86_64 and arm64",
                "build it for x86_64 or arm64, 64 bits");
            return false;
        }
        if (wanted && *wanted != elf.machine) {
            add(file, "architecture",
                "it is built for " + elf.machine_name + ", the function is for " + std::string(to_name(*wanted)),
                "build it for " + std::string(to_name(*wanted)) + ", or set the function's architecture to " +
                    elf.machine_name);
            return false;
        }
        if (!wanted && elf.machine == Machine::arm64) {
            findings_.push_back({Severity::note, "architecture", file.path,
                                 "it is built for arm64; a function is for x86_64 unless told otherwise",
                                 "set 'Architectures: [arm64]'"});
        }
        return true;
    }

    bool check_loader(const PackageFile& file, const Elf& elf) {
        if (elf.interpreter == loader_of(machine_)) return true;
        const bool musl = elf.interpreter.find("ld-musl") != std::string::npos;
        add(file, "loader", "its loader, " + elf.interpreter + ", is not there: no such file or directory",
            musl ? "link it statically: musl can, with -static"
                 : "link it statically, or with " + std::string(loader_of(machine_)) + " as its loader");
        return false;
    }

    /// The library as the package brings it along; nullptr where it does not. `LD_LIBRARY_PATH` has /var/task and
    /// /var/task/lib; what a program says itself goes before.
    const PackageFile* find_library(const std::string& name, const PackageFile& asker, const Elf& elf) const {
        for (const std::string& search : elf.search_paths) {
            const auto folder = to_folder(search, asker);
            if (!folder) continue;
            if (const PackageFile* found = find_followed(package_, *folder + name)) return found;
        }
        if (const PackageFile* found = find_followed(package_, name)) return found;
        return find_followed(package_, "lib/" + name);
    }

    /// A search path below /var/task, with a slash at its end where it is not empty.
    static std::optional<std::string> to_folder(std::string search, const PackageFile& asker) {
        for (const std::string_view origin : {"${ORIGIN}", "$ORIGIN"}) {
            if (!search.starts_with(origin)) continue;
            const auto slash = asker.path.rfind('/');
            const std::string own = slash == std::string::npos ? "" : "/" + asker.path.substr(0, slash);
            search.replace(0, origin.size(), std::string(process::kTaskRoot) + own);
            break;
        }
        const auto below = process::find_below(process::kTaskRoot, search);
        if (!below) return std::nullopt;
        std::string folder(below->substr(std::min<std::size_t>(below->size(), 1)));
        while (folder.ends_with('/')) folder.pop_back();
        return folder.empty() ? folder : folder + '/';
    }

    void check_needs(const PackageFile& file, const Elf& elf) {
        check_versions(file, elf);
        for (const std::string& name : elf.needed) {
            if (const PackageFile* own = find_library(name, file, elf)) {
                check_library(*own);
            } else if (std::ranges::find(image_.libraries, name) == image_.libraries.end() &&
                       seen_.insert(name).second) {
                add(file, "library", "it needs " + name + ", which " + std::string(image_.name) + " does not have",
                    "put " + name + " into the folder 'lib' of the package, or link it statically");
            }
        }
    }

    void check_library(const PackageFile& file) {
        if (!seen_.insert(file.path).second || !file.bytes || !is_elf(*file.bytes)) return;
        const auto read = read_elf(*file.bytes);
        if (const auto* fault = std::get_if<ElfFault>(&read)) {
            return add(file, "format", "it cannot be loaded: " + fault->reason, "build or copy it again");
        }
        const Elf& elf = std::get<Elf>(read);
        if (elf.machine != machine_) {
            return add(file, "architecture",
                       "it is built for " + elf.machine_name + ", the program is for " + std::string(to_name(machine_)),
                       "build it for " + std::string(to_name(machine_)));
        }
        check_needs(file, elf);
    }

    void check_versions(const PackageFile& file, const Elf& elf) {
        for (const VersionNeed& need : elf.versions) {
            // What the package brings along is as new as it is.
            if (!is_too_new(image_, need.version) || find_library(need.library, file, elf) != nullptr) continue;
            std::string symbols;
            for (const std::string& symbol : need.symbols) symbols += (symbols.empty() ? " for " : ", ") + symbol;
            const bool c = need.version.starts_with("GLIBC_");
            const std::string newest = c ? "glibc " + std::string(image_.glibc)
                                         : "libstdc++ with GLIBCXX_" + std::string(image_.glibcxx) + " and CXXABI_" +
                                               std::string(image_.cxxabi);
            add(file, c ? "glibc" : "libstdc++",
                "it needs " + need.version + " of " + need.library + symbols + "; " + std::string(image_.name) +
                    " has " + newest,
                c ? "link it statically (-static), or build it where glibc is no newer, in a container of " +
                        std::string(image_.name)
                  : "link libstdc++ statically (-static-libstdc++ -static-libgcc), or build it with an older compiler");
        }
    }

    const Package& package_;
    const RuntimeImage& image_;
    std::vector<Finding>& findings_;
    Machine machine_ = Machine::other;
    std::set<std::string> seen_;  ///< Libraries, by path or name.
};

}  // namespace

void check_program(const Package& package, const RuntimeImage& image, const PackageFile& program,
                   std::optional<Machine> machine, std::vector<Finding>& findings) {
    if (program.bytes) ProgramCheck(package, image, findings).run(program, machine);
}

}  // namespace understudy::package
