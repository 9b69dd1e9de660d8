#include "tests/tools/package/built_elf.hpp"

#include <cstring>

namespace understudy::package {
namespace {

template <class T>
void append_bytes(std::string& out, const T& value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// The texts of a program, each once.
class Strings {
  public:
    std::uint32_t add(const std::string& text) {
        const auto at = static_cast<std::uint32_t>(bytes_.size());
        bytes_ += text + '\0';
        return at;
    }
    const std::string& bytes() const { return bytes_; }

  private:
    std::string bytes_ = std::string(1, '\0');
};

Elf64_Phdr segment(unsigned type, std::uint64_t begin, std::uint64_t size) {
    Elf64_Phdr made{};
    made.p_type = type;
    made.p_offset = made.p_vaddr = begin;
    made.p_filesz = made.p_memsz = size;
    return made;
}

}  // namespace

std::string build_elf(const BuiltElf& program) {
    Strings strings;
    std::vector<Elf64_Dyn> dynamic;
    const auto say = [&dynamic](std::int64_t tag, std::uint64_t value) { dynamic.push_back({tag, {value}}); };
    for (const std::string& name : program.needed) say(DT_NEEDED, strings.add(name));
    if (!program.search_path.empty()) say(DT_RUNPATH, strings.add(program.search_path));
    std::string symbols(sizeof(Elf64_Sym), '\0'), symbol_versions(2, '\0'), needs;
    for (std::size_t i = 0; i < program.versions.size(); ++i) {
        const BuiltVersion& version = program.versions[i];
        const auto number = static_cast<Elf64_Half>(i + 2);
        const bool last = i + 1 == program.versions.size();
        append_bytes(needs, Elf64_Verneed{1, 1, strings.add(version.library), 16, last ? 0U : 32U});
        append_bytes(needs, Elf64_Vernaux{0, 0, number, strings.add(version.version), 0});
        Elf64_Sym symbol{};
        symbol.st_name = strings.add(version.symbol);
        append_bytes(symbols, symbol);
        append_bytes(symbol_versions, number);
    }
    const std::uint64_t heads = sizeof(Elf64_Ehdr) + 3 * sizeof(Elf64_Phdr);
    std::string body;
    const auto place = [&](const std::string& bytes) {
        const std::uint64_t at = heads + body.size();
        body += bytes;
        body.resize((body.size() + 7) / 8 * 8);
        return at;
    };
    const std::uint64_t interpreter = place(program.interpreter + '\0');
    if (!program.versions.empty()) {
        say(DT_VERNEED, place(needs));
        say(DT_VERNEEDNUM, program.versions.size());
        say(DT_VERSYM, place(symbol_versions));
    }
    say(DT_SYMTAB, place(symbols));
    say(DT_STRTAB, place(strings.bytes()));
    say(DT_STRSZ, strings.bytes().size());
    say(DT_NULL, 0);
    std::string table;
    for (const Elf64_Dyn& entry : dynamic) append_bytes(table, entry);
    const bool is_static = program.interpreter.empty();
    const std::uint64_t begin = place(table);
    Elf64_Ehdr head{};
    std::memcpy(head.e_ident, ELFMAG, SELFMAG);
    head.e_ident[EI_CLASS] = program.width;
    head.e_ident[EI_DATA] = ELFDATA2LSB;
    head.e_type = ET_DYN;
    head.e_machine = static_cast<Elf64_Half>(program.machine);
    head.e_phoff = sizeof head;
    head.e_phentsize = sizeof(Elf64_Phdr);
    head.e_phnum = is_static ? 1 : 3;
    std::string out;
    append_bytes(out, head);
    append_bytes(out, segment(PT_LOAD, 0, heads + body.size()));
    append_bytes(out, segment(PT_INTERP, interpreter, program.interpreter.size() + 1));
    append_bytes(out, segment(PT_DYNAMIC, begin, table.size()));
    return out + body;
}

}  // namespace understudy::package
