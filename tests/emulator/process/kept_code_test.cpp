#include "emulator/process/kept_code.hpp"

#include "tests/emulator/process/running.hpp"

#include <gtest/gtest.h>

#include <functional>

namespace understudy::process {
namespace {

namespace fs = std::filesystem;
using State = KeptCode::State;

constexpr std::string_view kNative =
    "\x7f"
    "ELF, and more";

struct Change {
    const char* name;
    std::function<void(const fs::path& folder)> make;
    State native;
    State script;
};

void replace(const fs::path& path, std::string_view text) {
    fs::rename(write_file(path.parent_path() / ".new", text), path);
}

TEST(KeptCode, TellsWhatHasBecomeOfTheFiles) {
    const std::vector<Change> changes{
        {"nothing", [](const fs::path&) {}, State::same, State::same},
        {"neighbours", [](const fs::path& folder) { write_file(folder / "else", ""); }, State::same, State::same},
        {"replaced", [](const fs::path& folder) { replace(folder / "bin/program", "other"); }, State::kept,
         State::lost},
        {"removed", [](const fs::path& folder) { fs::remove(folder / "bin/program"); }, State::kept, State::lost},
        {"written over", [](const fs::path& folder) { write_file(folder / "bin/program", "other"); }, State::lost,
         State::lost},
        {"its folder removed", [](const fs::path& folder) { fs::remove_all(folder / "bin"); }, State::lost,
         State::lost},
        {"what it reads replaced", [](const fs::path& folder) { replace(folder / "app.py", "other"); }, State::lost,
         State::lost},
    };
    for (const auto& change : changes) {
        for (const bool native : {true, false}) {
            const Folder folder;
            fs::create_directory(folder.path / "bin");
            write_file(folder.path / "bin/program", native ? kNative : "#!/bin/sh\n");
            write_file(folder.path / "app.py", "one");
            const KeptCode code({folder.path / "bin/program", folder.path / "app.py", folder.path});
            EXPECT_EQ(code.descriptor() >= 0, native);
            change.make(folder.path);
            EXPECT_EQ(code.look(), native ? change.native : change.script) << change.name << ", native: " << native;
        }
    }
}

TEST(KeptCode, WhatWasNotThereInTheBeginningMayAppear) {
    const Folder folder;
    const KeptCode code({folder.path / "program"});
    write_file(folder.path / "program", kNative);
    EXPECT_EQ(code.look(), State::same);
    EXPECT_EQ(KeptCode().look(), State::same);
}

}  // namespace
}  // namespace understudy::process
