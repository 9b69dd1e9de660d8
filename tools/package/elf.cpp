#include "tools/package/elf.hpp"

#include <elf.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <optional>

namespace understudy::package {
namespace {

constexpr std::size_t kMostNames = 4096;       ///< Libraries and versions, of each.
constexpr std::size_t kLongestName = 4096;     ///< Of a library, a path, a symbol.
constexpr std::size_t kMostSymbols = 1 << 20;  ///< That are looked at.
constexpr std::size_t kShownSymbols = 3;       ///< Of a version.
/// The bits of a symbol's version that say which; the highest one hides it.
constexpr unsigned kVersionIndex = 0x7FFF;

struct NamedMachine {
    unsigned number;
    std::string_view name;
};
constexpr std::array<NamedMachine, 6> kNamed{{{EM_X86_64, "x86_64"},
                                              {EM_AARCH64, "arm64"},
                                              {EM_386, "i386"},
                                              {EM_ARM, "arm"},
                                              {EM_RISCV, "riscv64"},
                                              {EM_PPC64, "ppc64le"}}};

std::string name_machine(unsigned number) {
    const auto* const found = std::ranges::find(kNamed, number, &NamedMachine::number);
    return found == kNamed.end() ? "machine " + std::to_string(number) : std::string(found->name);
}

/// The places that the dynamic section names; 0: it does not.
struct Dynamic {
    std::uint64_t strings = 0, strings_size = 0;
    std::uint64_t needs = 0, needs_count = 0;
    std::uint64_t symbols = 0, symbol_versions = 0;
    std::vector<std::uint64_t> needed, search_paths;  ///< Offsets in the strings.
};

class ElfReader {
  public:
    explicit ElfReader(std::string_view bytes) : bytes_(bytes) {}

    std::variant<Elf, ElfFault> run() {
        if (!read_head()) return ElfFault{fault_};
        if (!elf_.is_wide) return elf_;
        if (!read_segments() || !read_interpreter() || !read_dynamic()) return ElfFault{fault_};
        return elf_;
    }

  private:
    bool fail(const char* reason) {
        fault_ = reason;
        return false;
    }
    bool cut_off() { return fail("it is cut off"); }

    template <class T>
    bool read(std::uint64_t offset, T& to) const {
        if (offset > bytes_.size() || bytes_.size() - offset < sizeof(T)) return false;
        std::memcpy(&to, bytes_.data() + offset, sizeof(T));
        return true;
    }

    bool read_head() {
        const auto byte = [this](std::size_t at) { return static_cast<unsigned char>(bytes_[at]); };
        if (bytes_.size() < offsetof(Elf64_Ehdr, e_version)) return cut_off();
        const bool little = byte(EI_DATA) == ELFDATA2LSB;
        constexpr std::size_t kAt = offsetof(Elf64_Ehdr, e_machine);
        const unsigned number = little ? byte(kAt) | byte(kAt + 1) << 8 : byte(kAt) << 8 | byte(kAt + 1);
        elf_.machine_name = name_machine(number);
        elf_.is_wide = little && byte(EI_CLASS) == ELFCLASS64;
        if (!elf_.is_wide) return true;
        if (number == EM_X86_64) elf_.machine = Machine::x86_64;
        if (number == EM_AARCH64) elf_.machine = Machine::arm64;
        if (!read(0, head_)) return cut_off();
        if (head_.e_type != ET_EXEC && head_.e_type != ET_DYN) {
            return fail(head_.e_type == ET_REL ? "it is an object file that was not linked" : "it is no program");
        }
        return true;
    }

    bool read_segments() {
        if (head_.e_phentsize != sizeof(Elf64_Phdr)) return fail("its program headers have an unknown size");
        for (unsigned i = 0; i < head_.e_phnum; ++i) {
            Elf64_Phdr segment{};
            const std::uint64_t step = std::uint64_t{i} * sizeof segment;
            if (head_.e_phoff > bytes_.size() || !read(head_.e_phoff + step, segment)) return cut_off();
            const bool inside =
                segment.p_offset <= bytes_.size() && bytes_.size() - segment.p_offset >= segment.p_filesz;
            const bool counts =
                segment.p_type == PT_LOAD || segment.p_type == PT_INTERP || segment.p_type == PT_DYNAMIC;
            if (!counts) continue;
            if (!inside) return cut_off();
            segments_.push_back(segment);
        }
        return !segments_.empty() || fail("there is nothing to load in it");
    }

    const Elf64_Phdr* find_segment(unsigned type) const {
        const auto found = std::ranges::find(segments_, type, &Elf64_Phdr::p_type);
        return found == segments_.end() ? nullptr : &*found;
    }

    bool read_interpreter() {
        const Elf64_Phdr* const segment = find_segment(PT_INTERP);
        if (segment == nullptr) return true;
        std::string_view path = bytes_.substr(segment->p_offset, segment->p_filesz);
        path = path.substr(0, path.find('\0'));
        if (path.empty() || path.size() > kLongestName) return fail("the name of its loader is broken");
        elf_.interpreter = path;
        return true;
    }

    /// Where in the file an address of the running program is.
    std::optional<std::uint64_t> find_offset(std::uint64_t address) const {
        for (const Elf64_Phdr& segment : segments_) {
            const bool inside =
                segment.p_type == PT_LOAD && address >= segment.p_vaddr && address - segment.p_vaddr < segment.p_filesz;
            if (inside) return segment.p_offset + (address - segment.p_vaddr);
        }
        return std::nullopt;
    }

    /// A text of the string table.
    std::optional<std::string_view> find_string(std::uint64_t at) const {
        if (at >= strings_.size()) return std::nullopt;
        const std::string_view rest = strings_.substr(at, kLongestName);
        const auto end = rest.find('\0');
        if (end == std::string_view::npos) return std::nullopt;
        return rest.substr(0, end);
    }

    bool read_dynamic() {
        const Elf64_Phdr* const segment = find_segment(PT_DYNAMIC);
        if (segment == nullptr) return true;
        Dynamic dynamic;
        if (!collect(*segment, dynamic)) return false;
        const auto strings = find_offset(dynamic.strings);
        if (dynamic.strings == 0 || !strings) return fail("its table of names is missing");
        strings_ = bytes_.substr(*strings, dynamic.strings_size);
        for (const std::uint64_t at : dynamic.needed) {
            const auto name = find_string(at);
            if (!name) return fail("the name of a library is broken");
            elf_.needed.emplace_back(*name);
        }
        for (const std::uint64_t at : dynamic.search_paths) {
            const auto paths = find_string(at);
            if (!paths) return fail("its search path is broken");
            split_paths(*paths);
        }
        return read_versions(dynamic) && read_symbols(dynamic);
    }

    void split_paths(std::string_view paths) {
        while (!paths.empty()) {
            const auto end = std::min(paths.find(':'), paths.size());
            if (end > 0) elf_.search_paths.emplace_back(paths.substr(0, end));
            paths.remove_prefix(std::min(end + 1, paths.size()));
        }
    }

    bool collect(const Elf64_Phdr& segment, Dynamic& dynamic) {
        for (std::uint64_t at = 0; at + sizeof(Elf64_Dyn) <= segment.p_filesz; at += sizeof(Elf64_Dyn)) {
            Elf64_Dyn entry{};
            if (!read(segment.p_offset + at, entry)) return cut_off();
            if (entry.d_tag == DT_NULL) break;
            if (!note(entry, dynamic)) return fail("it asks for too many libraries");
        }
        return true;
    }

    static bool note(const Elf64_Dyn& entry, Dynamic& dynamic) {
        const std::uint64_t value = entry.d_un.d_val;
        if (entry.d_tag == DT_NEEDED) dynamic.needed.push_back(value);
        if (entry.d_tag == DT_RPATH || entry.d_tag == DT_RUNPATH) dynamic.search_paths.push_back(value);
        if (entry.d_tag == DT_STRTAB) dynamic.strings = value;
        if (entry.d_tag == DT_STRSZ) dynamic.strings_size = value;
        if (entry.d_tag == DT_VERNEED) dynamic.needs = value;
        if (entry.d_tag == DT_VERNEEDNUM) dynamic.needs_count = value;
        if (entry.d_tag == DT_SYMTAB) dynamic.symbols = value;
        if (entry.d_tag == DT_VERSYM) dynamic.symbol_versions = value;
        return dynamic.needed.size() <= kMostNames && dynamic.search_paths.size() <= 2;
    }

    bool read_versions(const Dynamic& dynamic) {
        if (dynamic.needs == 0) return true;
        auto at = find_offset(dynamic.needs);
        if (!at) return fail("its table of versions is missing");
        for (std::uint64_t i = 0; i < dynamic.needs_count; ++i) {
            Elf64_Verneed need{};
            if (!read(*at, need)) return cut_off();
            const auto library = find_string(need.vn_file);
            if (!library) return fail("the name of a library is broken");
            if (!read_versions_of(*library, *at + need.vn_aux, need.vn_cnt)) return false;
            if (need.vn_next == 0) break;
            *at += need.vn_next;
        }
        return true;
    }

    bool read_versions_of(std::string_view library, std::uint64_t at, unsigned count) {
        for (unsigned i = 0; i < count; ++i) {
            Elf64_Vernaux version{};
            if (!read(at, version)) return cut_off();
            const auto name = find_string(version.vna_name);
            if (!name) return fail("the name of a version is broken");
            if (elf_.versions.size() >= kMostNames) return fail("it asks for too many versions");
            elf_.versions.push_back({std::string(library), std::string(*name), {}});
            numbers_.push_back(version.vna_other & kVersionIndex);
            if (version.vna_next == 0) break;
            at += version.vna_next;
        }
        return true;
    }

    /// Which symbols ask for the versions. How many there are is nowhere said; linkers put the names behind the
    /// symbols.
    bool read_symbols(const Dynamic& dynamic) {
        if (dynamic.symbols == 0 || dynamic.symbol_versions == 0 || dynamic.symbols >= dynamic.strings) return true;
        const auto symbols = find_offset(dynamic.symbols);
        const auto versions = find_offset(dynamic.symbol_versions);
        if (!symbols || !versions) return fail("its table of symbols is missing");
        const std::uint64_t count =
            std::min<std::uint64_t>((dynamic.strings - dynamic.symbols) / sizeof(Elf64_Sym), kMostSymbols);
        for (std::uint64_t i = 0; i < count; ++i) {
            Elf64_Sym symbol{};
            Elf64_Half version{};
            if (!read(*symbols + i * sizeof symbol, symbol) || !read(*versions + i * sizeof version, version)) break;
            if (symbol.st_shndx == SHN_UNDEF) name_symbol(symbol, version & kVersionIndex);
        }
        return true;
    }

    void name_symbol(const Elf64_Sym& symbol, unsigned number) {
        const auto found = std::ranges::find(numbers_, number);
        if (found == numbers_.end()) return;
        auto& names = elf_.versions[static_cast<std::size_t>(found - numbers_.begin())].symbols;
        const auto name = find_string(symbol.st_name);
        if (name && !name->empty() && names.size() < kShownSymbols) names.emplace_back(*name);
    }

    std::string_view bytes_;
    std::string_view strings_;
    Elf64_Ehdr head_{};
    std::vector<Elf64_Phdr> segments_;
    std::vector<unsigned> numbers_;  ///< By which symbols name the versions, in their order.
    Elf elf_;
    std::string fault_;
};

}  // namespace

bool is_elf(std::string_view bytes) {
    return bytes.starts_with(std::string_view(ELFMAG, SELFMAG));
}

std::variant<Elf, ElfFault> read_elf(std::string_view bytes) {
    return ElfReader(bytes).run();
}

}  // namespace understudy::package
