#include "tools/package/runtime_image.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

namespace understudy::package {
namespace {

using Name = std::string_view;

constexpr std::array<Name, 2> kRuntimes{"provided.al2023", "provided.al2"};

// The C library and the compiler's come first, then what the image's own programs (curl, rpm, dnf) bring along.
constexpr Name kLibraries2023[] = {"libc.so.6",
                                   "libm.so.6",
                                   "libmvec.so.1",
                                   "libpthread.so.0",
                                   "libdl.so.2",
                                   "librt.so.1",
                                   "libresolv.so.2",
                                   "libutil.so.1",
                                   "libanl.so.1",
                                   "libthread_db.so.1",
                                   "libBrokenLocale.so.1",
                                   "libnss_dns.so.2",
                                   "libnss_files.so.2",
                                   "libgcc_s.so.1",
                                   "libstdc++.so.6",
                                   "libgomp.so.1",
                                   "libz.so.1",
                                   "libcrypto.so.3",
                                   "libssl.so.3",
                                   "libcurl.so.4",
                                   "libnghttp2.so.14",
                                   "libxml2.so.2",
                                   "libsqlite3.so.0",
                                   "libzstd.so.1",
                                   "liblzma.so.5",
                                   "libbz2.so.1",
                                   "liblz4.so.1",
                                   "libffi.so.8",
                                   "libuuid.so.1",
                                   "libtinfo.so.6",
                                   "libreadline.so.8",
                                   "libpcre2-8.so.0",
                                   "libidn2.so.0",
                                   "libunistring.so.2",
                                   "libcrypt.so.2",
                                   "libgmp.so.10",
                                   "libcap.so.2",
                                   "libselinux.so.1",
                                   "libacl.so.1",
                                   "libattr.so.1",
                                   "ld-linux-x86-64.so.2",
                                   "ld-linux-aarch64.so.1"};
constexpr Name kLibraries2[] = {"libc.so.6",
                                "libm.so.6",
                                "libmvec.so.1",
                                "libpthread.so.0",
                                "libdl.so.2",
                                "librt.so.1",
                                "libresolv.so.2",
                                "libutil.so.1",
                                "libanl.so.1",
                                "libthread_db.so.1",
                                "libBrokenLocale.so.1",
                                "libnss_dns.so.2",
                                "libnss_files.so.2",
                                "libgcc_s.so.1",
                                "libstdc++.so.6",
                                "libz.so.1",
                                "libcrypto.so.10",
                                "libssl.so.10",
                                "libcurl.so.4",
                                "libnghttp2.so.14",
                                "libxml2.so.2",
                                "libsqlite3.so.0",
                                "liblzma.so.5",
                                "libbz2.so.1",
                                "libffi.so.6",
                                "libuuid.so.1",
                                "libtinfo.so.6",
                                "libreadline.so.6",
                                "libpcre.so.1",
                                "libidn2.so.0",
                                "libcrypt.so.1",
                                "libgmp.so.10",
                                "libcap.so.2",
                                "libselinux.so.1",
                                "libacl.so.1",
                                "libattr.so.1",
                                "libexpat.so.1",
                                "ld-linux-x86-64.so.2",
                                "ld-linux-aarch64.so.1"};
constexpr Name kInterpreters[] = {"/bin/sh",      "/bin/bash",     "/usr/bin/sh", "/usr/bin/bash",
                                  "/usr/bin/env", "/bin/env",      "/bin/awk",    "/usr/bin/awk",
                                  "/bin/gawk",    "/usr/bin/gawk", "/bin/sed",    "/usr/bin/sed"};

constexpr std::array<RuntimeImage, 2> kImages{{
    {kRuntimes[0], "2.34", "3.4.29", "1.3.13", kLibraries2023, kInterpreters},
    {kRuntimes[1], "2.26", "3.4.24", "1.3.11", kLibraries2, kInterpreters},
}};

}  // namespace

std::optional<Version> parse_version(std::string_view text) {
    Version version;
    while (true) {
        unsigned number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc() || end == text.data()) return std::nullopt;
        version.push_back(number);
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (text.empty()) return version;
        if (text.front() != '.') return std::nullopt;
        text.remove_prefix(1);
    }
}

const RuntimeImage* find_runtime_image(std::string_view name) {
    const auto* const found = std::ranges::find(kImages, name, &RuntimeImage::name);
    return found == kImages.end() ? nullptr : found;
}

std::span<const std::string_view> runtime_names() {
    return kRuntimes;
}

bool is_too_new(const RuntimeImage& image, std::string_view version) {
    // What the loader must know about packed relocations came with 2.36.
    if (version == "GLIBC_ABI_DT_RELR") return *parse_version(image.glibc) < Version{2, 36};
    const std::pair<Name, Name> kinds[] = {
        {"GLIBCXX_", image.glibcxx}, {"CXXABI_", image.cxxabi}, {"GLIBC_", image.glibc}};
    for (const auto& [prefix, newest] : kinds) {
        if (!version.starts_with(prefix)) continue;
        const auto asked = parse_version(version.substr(prefix.size()));
        return asked && *asked > *parse_version(newest);
    }
    return false;
}

}  // namespace understudy::package
