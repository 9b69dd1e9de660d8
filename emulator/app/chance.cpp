#include "emulator/app/chance.hpp"

#include <cstdint>

namespace understudy::app {

double to_fraction(std::string_view id) {
    std::uint64_t hash = 14695981039346656037U;  // FNV-1a
    for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
    hash = (hash ^ (hash >> 32)) * 0x9e3779b97f4a7c15U;
    return static_cast<double>(hash >> 11) / static_cast<double>(std::uint64_t{1} << 53);
}

}  // namespace understudy::app
