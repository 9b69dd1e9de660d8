#include "tools/package/follow_links.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace understudy::package {
namespace {

/// A package of files, and of links to what stands behind their names.
Package linked(const std::map<std::string, std::string>& links) {
    Package package{"fn.zip", {{"main", 1, true, {}}, {"bin/tool", 1, true, {}}}, {}};
    for (const auto& [path, target] : links) package.files.push_back({path, target.size(), true, {}, target});
    return package;
}

/// The path of the file, or the last link and why it leads to none.
std::string walk(const Package& package, std::string_view path = "bootstrap") {
    const auto followed = follow(package, path);
    if (const auto* lost = std::get_if<LostLink>(&followed)) return lost->link + ": " + lost->reason;
    return std::get<const PackageFile*>(followed)->path;
}

TEST(FollowLinks, AreFollowedAsTheSystemDoes) {
    struct Row {
        std::map<std::string, std::string> links;
        std::string found;
    };
    for (const auto& [links, found] : {
             Row{{{"bootstrap", "main"}}, "main"},
             Row{{{"bootstrap", "./bin//tool"}}, "bin/tool"},
             Row{{{"bootstrap", "bin/../main"}}, "main"},
             Row{{{"bootstrap", "a"}, {"a", "b"}, {"b", "main"}}, "main"},
             Row{{{"bootstrap", "x/tool"}, {"x", "bin"}}, "bin/tool"},
             Row{{{"bootstrap", "bin/up"}, {"bin/up", "../main"}}, "main"},
             Row{{{"bootstrap", "/var/task/bin/tool"}}, "bin/tool"},
             Row{{{"bootstrap", "none"}}, "bootstrap: leads to 'none', which the package does not have"},
             Row{{{"bootstrap", "none/../main"}}, "bootstrap: leads to 'none', which the package does not have"},
             Row{{{"bootstrap", "main/x"}}, "bootstrap: leads to 'main', which the package does not have"},
             Row{{{"bootstrap", "bin"}}, "bootstrap: leads to a folder"},
             Row{{{"bootstrap", "."}}, "bootstrap: leads to a folder"},
             Row{{{"bootstrap", "../main"}}, "bootstrap: leads to ../main, outside the package"},
             Row{{{"bootstrap", "a"}, {"a", "/bin/true"}}, "a: leads to /bin/true, outside the package"},
             Row{{{"bootstrap", "/var/tasks/main"}}, "bootstrap: leads to /var/tasks/main, outside the package"},
             Row{{{"bootstrap", "bootstrap"}}, "bootstrap: leads round in a circle"},
             Row{{{"bootstrap", "a"}, {"a", "b"}, {"b", "a"}}, "b: leads round in a circle"},
         }) {
        EXPECT_EQ(walk(linked(links)), found) << links.at("bootstrap");
    }
}

TEST(FollowLinks, WhatIsNoLinkIsItself) {
    const Package package = linked({});
    EXPECT_EQ(walk(package, "bin/tool"), "bin/tool");
    EXPECT_EQ(walk(package), ": leads to 'bootstrap', which the package does not have");
    EXPECT_EQ(find_followed(package, "bootstrap"), nullptr);
    EXPECT_EQ(find_followed(package, "main"), &package.files[0]);
}

TEST(FollowLinks, AsManyAreFollowedAsLinuxFollows) {
    for (const int links : {40, 41}) {
        std::map<std::string, std::string> chain{{"bootstrap", "1"}};
        for (int i = 1; i < links; ++i) chain[std::to_string(i)] = i + 1 < links ? std::to_string(i + 1) : "main";
        EXPECT_EQ(walk(linked(chain)) == "main", links == 40) << links;
    }
}

}  // namespace
}  // namespace understudy::package
