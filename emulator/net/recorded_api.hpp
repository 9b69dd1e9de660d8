#pragma once

#include "emulator/app/api.hpp"
#include "emulator/event/facts.hpp"
#include "emulator/gateway/stage.hpp"
#include "emulator/net/recorder.hpp"

#include <memory>
#include <string>
#include <utility>

namespace understudy::net {

/// An API whose traffic is recorded.
class RecordedApi {
  public:
    RecordedApi(std::shared_ptr<Recorder> recorder, app::Api api)
        : recorder_(std::move(recorder)), api_(std::move(api)) {}

    /// `Recorder::watch` of a request to this API.
    Responder watch(const http::Request& request, const gateway::Entrance& entrance, const event::Facts& facts,
                    Responder responder) const;
    /// `Recorder::record_refused` of a request to this API.
    void record_refused(const http::Request& head, const gateway::Entrance& entrance, const event::Facts& facts,
                        http::Response response, std::string missing) const;
    /// The same of one whose head is broken: its start line is kept as far as it was read, no header line, and no
    /// stage.
    void record_broken(const http::Request& head, std::string id, http::Response response) const;
    /// The number of an exchange of a connected client; `stage` is which of the API's it is at.
    std::uint64_t open(std::size_t stage, std::string id) const { return recorder_->open(place(stage), std::move(id)); }

  private:
    RecordedPlace place(std::size_t stage) const;
    RecordedPlace place_of(const http::Request& request, const gateway::Entrance& entrance,
                           const event::Facts& facts) const;

    std::shared_ptr<Recorder> recorder_;
    app::Api api_;
};

}  // namespace understudy::net
