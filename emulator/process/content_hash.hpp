#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace understudy::process {

/// SHA-256 of bytes that come in pieces.
class ContentHash {
  public:
    ContentHash();
    ~ContentHash();
    ContentHash(const ContentHash&) = delete;
    ContentHash& operator=(const ContentHash&) = delete;

    void add(std::string_view bytes);
    /// In hexadecimal. To be called once.
    std::string finish();

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace understudy::process
