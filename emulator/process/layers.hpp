#pragma once

#include "emulator/process/goes_on.hpp"
#include "emulator/source/problem.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace understudy::process {

/// The one folder that stands for /opt, and those of the layers, unpacked, that it was put together from.
struct Opt {
    std::filesystem::path folder;
    std::vector<std::filesystem::path> layers;
};

/// Puts layers together; of equal files the later layer's counts. A single layer's own folder is handed out as it is;
/// unchanged layers are not put together again.
///
/// Rule: docs.aws.amazon.com/lambda/latest/dg/packaging-layers.html  Tested by: Layers.TheLaterLayerWins
/// Preconditions: paths are absolute, at least one layer.
/// Errors: not_found with a hint; those of `unpack_zip`.
source::Result<Opt> merge_layers(const std::vector<std::string>& layers, const std::filesystem::path& scratch,
                                 const GoesOn& goes_on = {});

/// The names of the extensions below a folder that stands for /opt, in order.
std::vector<std::string> find_extensions(const std::filesystem::path& opt);

}  // namespace understudy::process
